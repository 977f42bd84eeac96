// What a provider sends, as it is read: a text within a limit, and the events of a stream as their packets arrive.
import { AsyncLocalStorage } from 'node:async_hooks'
import { finished, Readable } from 'node:stream'
import { setImmediate as yieldToEventLoop } from 'node:timers/promises'
import { createParser, type EventSourceMessage } from 'eventsource-parser'
import { MAX_BODY_BYTES, OversizedAnswer, PacketResponse } from './upstream-fetch.ts'

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

/**
 * Yields what `parse` makes of the events, up to the end that the server announces. `parse` runs where the packet
 * arrives: an event that it deals with there, so that it returns nothing, costs no turn of this generator. When it
 * throws, the items before that are yielded first.
 */
export async function* readEvents<Item>(
  response: Response,
  limits: ReadLimits,
  parse: (message: EventSourceMessage) => Item[],
): AsyncGenerator<Item[]> {
  const packets = packetsOf(response)
  let items: Item[] = []
  let isOver = false
  const ended = Promise.withResolvers<void>()
  // Awaited when all items are taken.
  ended.promise.catch(() => {})
  let wake = () => {}
  const end = (failure: unknown = null) => {
    isOver = true
    if (failure === null) ended.resolve()
    else ended.reject(failure)
    wake()
  }
  const parser = createParser({
    onEvent: (message) => {
      if (message.data === END) end()
      else if (!isOver) items.push(...parse(message))
    },
    onError: ({ type }) => {
      if (type === 'max-buffer-size-exceeded') throw new OversizedAnswer()
    },
    maxBufferSize: MAX_BODY_BYTES,
  })
  const decoder = new TextDecoder()
  const count = packetCounter(limits)
  let bytesAtOnce = 0
  const feed = (packet: Uint8Array) => {
    if (isOver) return
    try {
      count(packet)
      parser.feed(decoder.decode(packet, { stream: true }))
    } catch (error) {
      end(error)
    }
    bytesAtOnce += packet.length
    if (items.length === 0 && bytesAtOnce <= MAX_BYTES_AT_ONCE) return
    packets.pause()
    wake()
  }
  packets.on('data', AsyncLocalStorage.bind(feed))
  finished(packets, (error) => {
    // Some servers leave out the empty line after the last event.
    if (!error) feed(Buffer.from('\n\n'))
    end(error)
  })
  try {
    for (;;) {
      if (items.length > 0) yield items.splice(0)
      else if (isOver) break
      else {
        const woken = new Promise<void>((resolve) => {
          wake = resolve
        })
        if (bytesAtOnce > MAX_BYTES_AT_ONCE) {
          // A fast server may have sent a whole answer at once.
          await yieldToEventLoop()
          bytesAtOnce = 0
        }
        packets.resume()
        await woken
      }
    }
    await ended.promise
  } finally {
    packets.destroy()
  }
}

function packetsOf(response: Response): Readable {
  if (response instanceof PacketResponse) return response.packets
  if (response.body === null) throw new TypeError('The answer has no body.')
  return Readable.fromWeb(response.body)
}

function packetCounter({ maxBytes, onPacket }: ReadLimits): (packet: Uint8Array) => void {
  let bytes = 0
  return ({ length }) => {
    onPacket?.()
    bytes += length
    if (bytes > maxBytes) throw new OversizedAnswer()
  }
}
