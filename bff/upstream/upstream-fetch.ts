// The way to a provider: Node's own HTTP client with the face of fetch. Fetch hands every packet
// through two more kinds of streams, which costs a seventh of all that a token costs the server. The
// packets of an event stream are kept as they come; every other answer is read like any response.
import {
  Agent as PlainAgent,
  type ClientRequest,
  type IncomingMessage,
  request as plainRequest,
} from 'node:http'
import { Agent as SecureAgent, request as secureRequest } from 'node:https'
import type { Readable } from 'node:stream'
import { watchConnection } from './connection.ts'
import { wireObserver, type WireObserver } from './wire-observer.ts'

/** An event stream; its body is in `packets`. */
export class PacketResponse extends Response {
  readonly packets: Readable
  /** To be told of each packet. */
  readonly observer: WireObserver | undefined

  constructor(packets: Readable, init: ResponseInit, observer?: WireObserver) {
    super(null, init)
    this.packets = packets
    this.observer = observer
  }
}

/** The connection was closed before an answer began. */
export class NoAnswer extends Error {}

/** More than an answer can hold. */
export class OversizedAnswer extends Error {}

/** Reading stops if a provider sends more than this at once, by mistake or on purpose. */
export const MAX_BODY_BYTES = 16 * 1024 * 1024

/**
 * A connection stays open for the next request for five seconds, or less where the server says so in
 * `Keep-Alive: timeout=…`, which Node's agents heed.
 */
const KEPT = { keepAlive: true, timeout: 5000, noDelay: true }
const plainAgent = new PlainAgent(KEPT)
const secureAgent = new SecureAgent(KEPT)

export type FetchFunction = (url: string | URL | Request, init?: RequestInit) => Promise<Response>

/** Follows no redirect. Fails as ConnectionFailed where nothing was sent. */
export async function upstreamFetch(
  url: string | URL | Request,
  { method = 'GET', headers, body, signal }: RequestInit = {},
): Promise<Response> {
  const address = new URL(url instanceof Request ? url.url : url)
  const sent =
    body instanceof Uint8Array
      ? body
      : new Uint8Array(await new Response(body ?? null).arrayBuffer())
  const options = {
    method,
    headers: Object.fromEntries(new Headers(headers)),
    ...(signal ? { signal } : {}),
  }
  const observer = wireObserver()
  const incoming = await send(address, options, sent).catch((error: unknown) => {
    if (!(error instanceof StaleConnection) || signal?.aborted === true) throw error
    observer?.onResend()
    return send(address, options, sent)
  })
  observer?.onBytes()
  return toResponse(incoming, observer)
}

interface SendOptions {
  method: string
  headers: Record<string, string>
  signal?: AbortSignal
}

async function send(
  address: URL,
  options: SendOptions,
  body: Uint8Array,
): Promise<IncomingMessage> {
  const isSecure = address.protocol === 'https:'
  const outgoing = isSecure
    ? secureRequest(address, { ...options, agent: secureAgent })
    : plainRequest(address, { ...options, agent: plainAgent })
  const toError = watchConnection(outgoing)
  const isStale = watchReuse(outgoing)
  outgoing.end(body)
  return answerTo(outgoing).catch((error: unknown) => {
    if (!isStale(error)) throw toError(error)
    dropKept(isSecure ? secureAgent : plainAgent, address)
    throw new StaleConnection('The connection was closed while it was kept.', { cause: error })
  })
}

/**
 * The server closed a kept connection as the request went out. It sent no byte of an answer, so it most
 * likely never read the request. One that takes longer to close it may have worked on the request, and
 * would be paid twice.
 */
class StaleConnection extends Error {}

const MAX_STALE_MS = 1000
const RESET = new Set(['ECONNRESET', 'EPIPE', 'ECONNABORTED'])

function watchReuse(outgoing: ClientRequest): (error: unknown) => boolean {
  let before = 0
  let sentAt = 0
  outgoing.once('socket', ({ bytesRead }) => {
    before = bytesRead
    sentAt = performance.now()
  })
  return (error) =>
    outgoing.reusedSocket &&
    performance.now() - sentAt < MAX_STALE_MS &&
    outgoing.socket?.bytesRead === before &&
    error instanceof Error &&
    'code' in error &&
    RESET.has(String(error.code))
}

/** Other open connections to this server were most likely closed, too. */
function dropKept(agent: PlainAgent, { hostname, port, protocol }: URL): void {
  const standardPort = protocol === 'https:' ? '443' : '80'
  const server = `${hostname.replaceAll(/[[\]]/g, '')}:${port || standardPort}:`
  for (const [name, sockets = []] of Object.entries(agent.freeSockets)) {
    if (name.startsWith(server)) for (const socket of sockets) socket.destroy()
  }
}

function answerTo(outgoing: ClientRequest): Promise<IncomingMessage> {
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>()
  outgoing.once('response', resolve)
  // A later error fails the answer, and its reader gets it.
  outgoing.on('error', reject)
  // A connection that the server turns to another protocol is closed without an error.
  outgoing.once('close', () => reject(new NoAnswer()))
  return promise
}

const WITHOUT_BODY = new Set([204, 205, 304])

function toResponse(incoming: IncomingMessage, observer: WireObserver | undefined): Response {
  const status = incoming.statusCode ?? 0
  // It cannot become a response, so nothing would read it.
  if (status < 200 || status > 599) incoming.destroy()
  const init = { status, headers: headersOf(incoming) }
  const type = incoming.headers['content-type'] ?? ''
  if (status === 200 && /^text\/event-stream\b/i.test(type))
    return new PacketResponse(incoming, init, observer)
  if (!WITHOUT_BODY.has(status)) return new Response(bodyOf(incoming, observer), init)
  incoming.resume()
  return new Response(null, init)
}

/** Left before its end, also before its beginning, the connection is closed. */
function bodyOf(
  incoming: IncomingMessage,
  observer: WireObserver | undefined,
): ReadableStream<Uint8Array> {
  const packets = measured(incoming, observer)
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

async function* measured(
  incoming: IncomingMessage,
  observer: WireObserver | undefined,
): AsyncGenerator<Uint8Array> {
  let length = 0
  for await (const packet of incoming) {
    observer?.onBytes()
    length += packet.length
    if (length > MAX_BODY_BYTES) throw new OversizedAnswer()
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
