// The way to a provider: Node's own HTTP client with the face of fetch. Fetch hands every packet
// through two more kinds of streams, which costs a seventh of all that a token costs the server. The
// packets of an event stream are kept as they come; every other answer is read like any response.
import { type ClientRequest, type IncomingMessage, request as plainRequest } from 'node:http'
import { request as secureRequest } from 'node:https'
import { watchReach } from './reach.ts'

/** An event stream; its body is in `packets`. */
export class PacketResponse extends Response {
  readonly packets: AsyncIterable<Uint8Array>

  constructor(packets: AsyncIterable<Uint8Array>, init: ResponseInit) {
    super(null, init)
    this.packets = packets
  }
}

/** The connection was closed before an answer began. */
export class NoAnswer extends Error {}

/** More than an answer can hold. */
export class OversizedAnswer extends Error {}

/** A provider that sends more at once, by a fault or on purpose, is not read on. */
export const MOST_AT_ONCE = 16 * 1024 * 1024

/** Follows no redirect. Fails as NotReached where nothing was sent. */
export async function upstreamFetch(
  url: string | URL | Request,
  { method = 'GET', headers, body, signal }: RequestInit = {},
): Promise<Response> {
  const address = new URL(url instanceof Request ? url.url : url)
  const sent = new Uint8Array(await new Response(body ?? null).arrayBuffer())
  const request = address.protocol === 'https:' ? secureRequest : plainRequest
  const outgoing = request(address, {
    method,
    headers: Object.fromEntries(new Headers(headers)),
    ...(signal ? { signal } : {}),
  })
  const judge = watchReach(outgoing)
  outgoing.end(sent)
  const incoming = await answerTo(outgoing).catch((error: unknown) => {
    throw judge(error)
  })
  return toResponse(incoming)
}

function answerTo(outgoing: ClientRequest): Promise<IncomingMessage> {
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>()
  outgoing.once('response', resolve)
  // What breaks after that breaks the answer, and its reader hears of it.
  outgoing.on('error', reject)
  // A connection that the server turns to another protocol is closed without an error.
  outgoing.once('close', () => reject(new NoAnswer()))
  return promise
}

const WITHOUT_BODY = new Set([204, 205, 304])

function toResponse(incoming: IncomingMessage): Response {
  const status = incoming.statusCode ?? 0
  // No response can be made of it, so nobody would ever read it.
  if (status < 200 || status > 599) incoming.destroy()
  const init = { status, headers: headersOf(incoming) }
  const type = incoming.headers['content-type'] ?? ''
  if (status === 200 && /^text\/event-stream\b/i.test(type))
    return new PacketResponse(incoming, init)
  if (!WITHOUT_BODY.has(status)) return new Response(bodyOf(incoming), init)
  incoming.resume()
  return new Response(null, init)
}

/** Left before its end, also before its beginning, the connection is closed. */
function bodyOf(incoming: IncomingMessage): ReadableStream<Uint8Array> {
  const packets = measured(incoming)
  return new ReadableStream(
    {
      pull: async (controller) => {
        const { done, value } = await packets.next()
        if (done === true) controller.close()
        else controller.enqueue(value)
      },
      cancel: () => void incoming.destroy(),
    },
    { highWaterMark: 0 },
  )
}

async function* measured(incoming: IncomingMessage): AsyncGenerator<Uint8Array> {
  let length = 0
  for await (const packet of incoming) {
    length += packet.length
    if (length > MOST_AT_ONCE) throw new OversizedAnswer()
    yield packet
  }
}

function headersOf({ rawHeaders }: IncomingMessage): Headers {
  const headers = new Headers()
  for (let at = 0; at < rawHeaders.length; at += 2) {
    headers.append(rawHeaders[at] ?? '', rawHeaders[at + 1] ?? '')
  }
  return headers
}
