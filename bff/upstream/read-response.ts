// What a provider sends, as it is read: a text within a limit, the events of a stream one packet at a
// time, and the stream that stands in for the one of OpenAI's client. That one passes each event through
// four generators and a race against the abort signal, and the SDK behind it builds objects for each,
// which costs a fifth of all that a token costs the server. Ours ends and fails in the same ways.
import { setImmediate as yieldToEventLoop } from 'node:timers/promises'
import { createParser, type EventSourceMessage } from 'eventsource-parser'
import { APIError, type OpenAI } from 'openai'
import { Stream } from 'openai/streaming'
import { isRecord, listAt, recordAt, textAt } from './record.ts'
import { MAX_BODY_BYTES, OversizedAnswer, PacketResponse } from './upstream-fetch.ts'
import type { WireObserver } from './wire-observer.ts'

export interface ReadLimits {
  maxBytes: number
  onPacket?: () => void
}

export function isEventStream({ headers }: Response): boolean {
  return /^text\/event-stream\b/i.test(headers.get('content-type') ?? '')
}

export async function readText(response: Response, limits: ReadLimits): Promise<string> {
  const packets: Uint8Array[] = []
  const count = packetCounter(limits)
  for await (const packet of packetsOf(response)) {
    count(packet)
    packets.push(packet)
  }
  return Buffer.concat(packets).toString()
}

const END = '[DONE]'

/** Reading this much takes a millisecond or two. A token has some 300 bytes. */
const MAX_BYTES_AT_ONCE = 64 * 1024

/** The events that each packet completes, up to the end that the server announces. */
export async function* readEvents(
  response: Response,
  limits: ReadLimits,
): AsyncGenerator<EventSourceMessage[]> {
  let completed: EventSourceMessage[] = []
  let isOver = false
  const parser = createParser({
    onEvent: (message) => {
      isOver ||= message.data === END
      if (!isOver) completed.push(message)
    },
    onError: ({ type }) => {
      if (type === 'max-buffer-size-exceeded') throw new OversizedAnswer()
    },
    maxBufferSize: MAX_BODY_BYTES,
  })
  const decoder = new TextDecoder()
  const count = packetCounter(limits)
  let bytesAtOnce = 0
  for await (const packet of packetsOf(response)) {
    count(packet)
    bytesAtOnce += packet.length
    if (bytesAtOnce > MAX_BYTES_AT_ONCE) {
      // A fast server may have sent a whole answer at once.
      await yieldToEventLoop()
      bytesAtOnce = 0
    }
    parser.feed(decoder.decode(packet, { stream: true }))
    if (completed.length > 0) yield completed
    if (isOver) return
    completed = []
  }
  // Some servers leave out the empty line after the last event.
  parser.feed('\n\n')
  if (completed.length > 0) yield completed
}

function packetsOf(response: Response): AsyncIterable<Uint8Array> {
  const packets = response instanceof PacketResponse ? response.packets : response.body
  if (packets === null) throw new TypeError('The answer has no body.')
  return packets
}

function packetCounter({ maxBytes, onPacket }: ReadLimits): (packet: Uint8Array) => void {
  let bytes = 0
  return ({ length }) => {
    onPacket?.()
    bytes += length
    if (bytes > maxBytes) throw new OversizedAnswer()
  }
}

export class UpstreamStream<Item> extends Stream<Item> {
  static override fromSSEResponse<Item>(
    response: Response,
    controller: AbortController,
    client?: OpenAI,
  ): Stream<Item> {
    return new Stream<Item>(() => readForClient(response, controller), controller, client)
  }
}

/** Each token of an answer comes in some 300 bytes; no answer that Tally accepts needs more than this. */
export const MAX_STREAM_BYTES = 256 * 1024 * 1024

async function* readForClient(response: Response, controller: AbortController) {
  const observer = response instanceof PacketResponse ? response.observer : undefined
  const ahead = new ReadAhead(observer)
  const limits = { maxBytes: MAX_STREAM_BYTES, onPacket: () => observer?.onBytes() }
  try {
    for await (const messages of readEvents(response, limits)) {
      for (const message of messages) {
        const event = readData(message, response.headers)
        if (ahead.takes(event)) continue
        const text = ahead.heldText()
        if (text !== null) yield text
        yield event
      }
    }
  } catch (error) {
    if (!controller.signal.aborted) throw error
  } finally {
    // A reader that leaves early closes the connection; one that has ended is not touched by it.
    controller.abort()
  }
  const text = ahead.heldText()
  if (text !== null) yield text
}

function readData({ event, data: json }: EventSourceMessage, headers: Headers) {
  const data = JSON.parse(json)
  const failure = isRecord(data) ? data['error'] : undefined
  if (!failure && event !== 'error') return data
  throw new APIError(undefined, isRecord(failure) ? failure : data, undefined, headers)
}

/**
 * Deltas that the observer of the call reads straight from the wire. The SDK makes nothing of those of the
 * Responses API, because the last event repeats the whole answer. It builds a Chat answer from its chunks,
 * so it gets their text, but as one chunk before whatever follows.
 */
class ReadAhead {
  readonly #observer: WireObserver | undefined
  #isFirst = true
  #held: Record<string, unknown> | null = null
  #text = ''

  constructor(observer: WireObserver | undefined) {
    this.#observer = observer
  }

  takes(event: unknown): boolean {
    if (this.#observer?.takes === undefined) return false
    const text = this.#isFirst ? '' : chunkText(event)
    this.#isFirst = false
    if (text === '') return isResponsesDelta(event) && this.#observer.takes(event)
    if (!isRecord(event) || !this.#observer.takes(event)) return false
    this.#held = event
    this.#text += text
    return true
  }

  /** Null if none is held back. */
  heldText(): Record<string, unknown> | null {
    if (this.#held === null) return null
    const [choice] = listAt(this.#held, 'choices')
    const delta = { ...recordAt(choice, 'delta'), content: this.#text }
    const chunk = { ...this.#held, choices: [{ ...Object(choice), delta }] }
    this.#held = null
    this.#text = ''
    return chunk
  }
}

const RESPONSES_DELTAS = new Set([
  'response.output_text.delta',
  'response.reasoning_summary_text.delta',
  'response.reasoning_text.delta',
  'response.refusal.delta',
  'response.function_call_arguments.delta',
])

function isResponsesDelta(event: unknown): boolean {
  return RESPONSES_DELTAS.has(textAt(event, 'type'))
}

/** The text of a chunk that says nothing else; empty: it says something else, or nothing. */
export function chunkText(chunk: unknown): string {
  if (!isRecord(chunk) || chunk['usage'] || recordAt(chunk, 'prompt_progress') !== null) return ''
  const [choice, other] = listAt(chunk, 'choices')
  if (!isRecord(choice) || other !== undefined) return ''
  if (choice['index'] !== 0 || choice['finish_reason']) return ''
  const delta = recordAt(choice, 'delta')
  if (delta === null) return ''
  for (const [key, value] of Object.entries(delta)) {
    if (value !== null && key !== 'content' && key !== 'role') return ''
  }
  return textAt(delta, 'content')
}
