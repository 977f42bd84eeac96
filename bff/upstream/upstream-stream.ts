// A provider's event stream, read in one step per packet. The client's own reader passes each event
// through four generators and a race against the abort signal, which costs a fifth of all that a
// token costs the server. This one stands in for it, and ends and fails in the same ways.
import { createParser, type EventSourceMessage } from 'eventsource-parser'
import { APIError, type OpenAI } from 'openai'
import { Stream } from 'openai/streaming'
import { isResponsesDelta } from './delta-events.ts'
import { isRecord } from './record.ts'
import { MAX_BODY_BYTES, OversizedAnswer, PacketResponse } from './upstream-fetch.ts'

export class UpstreamStream<Item> extends Stream<Item> {
  static override fromSSEResponse<Item>(
    response: Response,
    controller: AbortController,
    client?: OpenAI,
  ): Stream<Item> {
    return new Stream<Item>(() => readEvents(response, controller), controller, client)
  }
}

/** Each token of an answer comes in some 300 bytes; no answer that Tally accepts needs more than this. */
export const MAX_STREAM_BYTES = 256 * 1024 * 1024

const END = '[DONE]'

async function* readEvents(response: Response, controller: AbortController) {
  const waiting: EventSourceMessage[] = []
  const parser = createParser({
    onEvent: (message) => waiting.push(message),
    onError: ({ type }) => {
      if (type === 'max-buffer-size-exceeded') throw new OversizedAnswer()
    },
    maxBufferSize: MAX_BODY_BYTES,
  })
  const decoder = new TextDecoder()
  const observer = response instanceof PacketResponse ? response.observer : undefined
  let bytes = 0
  try {
    for await (const packet of packetsOf(response)) {
      observer?.onBytes()
      bytes += packet.length
      if (bytes > MAX_STREAM_BYTES) throw new OversizedAnswer()
      parser.feed(decoder.decode(packet, { stream: true }))
      for (const message of waiting.splice(0)) {
        if (message.data === END) return
        const event = readData(message, response.headers)
        if (!isResponsesDelta(event) || observer?.takes?.(event) !== true) yield event
      }
    }
    // Some servers leave out the empty line after the last event.
    parser.feed('\n\n')
    for (const message of waiting) {
      if (message.data !== END) yield readData(message, response.headers)
    }
  } catch (error) {
    if (!controller.signal.aborted) throw error
  } finally {
    // Whoever leaves early closes the connection; one that has ended is not touched by it.
    controller.abort()
  }
}

function packetsOf(response: Response): AsyncIterable<Uint8Array> {
  const packets = response instanceof PacketResponse ? response.packets : response.body
  if (packets === null) throw new TypeError('The answer has no body.')
  return packets
}

function readData({ event, data: json }: EventSourceMessage, headers: Headers) {
  const data = JSON.parse(json)
  const failure = isRecord(data) ? data['error'] : undefined
  if (!failure && event !== 'error') return data
  throw new APIError(undefined, isRecord(failure) ? failure : data, undefined, headers)
}
