// One request on the wire, and everything that came back, as it came: for the probes, from which
// the SDK would hide what they look at. Bounded in time and size, and without a redirect.
import { createParser } from 'eventsource-parser'
import { readBaseUrl } from '../upstream/base-url.ts'
import { demoFetch } from '../upstream/demo/demo-wire.ts'
import { ProviderError, type UpstreamEndpoint } from '../upstream/provider-error.ts'
import { IdleWatchdog } from '../upstream/idle-watchdog.ts'
import { recordAt, textAt } from '../upstream/record.ts'
import { secretsOf } from '../upstream/safe-detail.ts'
import type { ModelTarget } from '../upstream/types.ts'
import { classifyReport, classifyError } from '../upstream/classify-error.ts'
import { OversizedAnswer, PacketResponse, upstreamFetch } from '../upstream/upstream-fetch.ts'
import { observeWire } from '../upstream/wire-observer.ts'
import type { WireRequest } from './wire-request.ts'

export interface Frame {
  /** Milliseconds since the request was sent. */
  atMs: number
  data: unknown
}

export interface Recorded {
  isStream: boolean
  /** The events of a stream, or the one body of an answer that is none. */
  frames: Frame[]
  /** The stream said that it is over, or simply ended. */
  ended: boolean
  /** It was left early because `enough` said so. */
  cut: boolean
  durationMs: number
  problem: ProviderError | null
  /** The HTTP status of an answer that refuses. */
  refusedWith: number | null
  /** The server had closed the kept connection, so the request was sent once more. */
  resent?: boolean
}

export interface AskOptions {
  stop: AbortSignal
  idleTimeoutMs: number
  /** The answer is closed as soon as it says so. */
  enough?: (frames: Frame[]) => boolean
}

const MAX_MS = 300_000
const MAX_BYTES = 1_000_000
const END = '[DONE]'

export async function ask(
  target: ModelTarget,
  request: WireRequest,
  { stop, idleTimeoutMs, enough = () => false }: AskOptions,
): Promise<Recorded> {
  const sentAt = performance.now()
  const watchdog = new IdleWatchdog({ idleMs: idleTimeoutMs })
  const leave = new AbortController()
  const signal = AbortSignal.any([stop, watchdog.signal, leave.signal, AbortSignal.timeout(MAX_MS)])
  const at = endpointOf(target)
  const isSecret = secretsOf(target, () => [request.text])
  const recorded: Recorded = {
    isStream: false,
    frames: [],
    ended: false,
    cut: false,
    durationMs: 0,
    problem: null,
    refusedWith: null,
  }
  const observer = {
    onBytes: () => watchdog.alive(),
    onResend: () => {
      recorded.resent = true
    },
  }
  const keep = (data: unknown) => recorded.frames.push({ atMs: performance.now() - sentAt, data })
  try {
    const response = await observeWire(observer, () => send(target, request, signal))
    const type = response.headers.get('content-type') ?? ''
    if (response.status >= 300 && response.status < 400) throw new ProviderError('redirected', at)
    if (response.ok && /^text\/html\b/i.test(type)) throw new ProviderError('not_an_api', at)
    if (!response.ok) {
      recorded.refusedWith = response.status
      const body = readJson(await textOf(response, watchdog))
      throw classifyReport({ status: response.status, ...reportIn(body) }, at, isSecret)
    }
    if (!/^text\/event-stream\b/i.test(type)) {
      keep(JSON.parse(await textOf(response, watchdog)))
      recorded.ended = true
    } else {
      recorded.isStream = true
      for await (const data of eventsIn(response, watchdog)) {
        keep(data)
        const failure = recordAt(data, 'error')
        if (failure !== null) {
          throw classifyReport({ status: undefined, ...reportIn(data) }, at, isSecret)
        }
        if (enough(recorded.frames)) {
          recorded.cut = true
          break
        }
      }
      recorded.ended = !recorded.cut
    }
  } catch (error) {
    const started = recorded.frames.length > 0
    recorded.problem = watchdog.fired
      ? new ProviderError(started ? 'stalled' : 'timeout', at)
      : classifyError(error, at, isSecret, started)
  } finally {
    watchdog.stop()
    leave.abort()
  }
  recorded.durationMs = performance.now() - sentAt
  return recorded
}

function endpointOf(target: ModelTarget): UpstreamEndpoint {
  const host = target.baseUrl === null ? null : readBaseUrl(target.baseUrl).host
  return { provider: target.provider, host, model: target.model }
}

const inside = demoFetch()

function send(target: ModelTarget, request: WireRequest, signal: AbortSignal): Promise<Response> {
  const { address, query, headers } = readBaseUrl(target.baseUrl ?? 'http://demo.invalid/v1')
  const search = new URLSearchParams(query).toString()
  const base = request.isAtRoot === true ? address.replace(/\/v1$/, '') : address
  const url = `${base}${request.path}${search === '' ? '' : `?${search}`}`
  const way = target.kind === 'demo' ? inside : upstreamFetch
  return way(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: 'application/json, text/event-stream',
      ...headers,
      ...(target.apiKey === null ? {} : { authorization: `Bearer ${target.apiKey}` }),
      ...target.headers,
    },
    body: JSON.stringify(request.body),
    signal,
  })
}

async function* packetsOf(response: Response, watchdog: IdleWatchdog): AsyncGenerator<Uint8Array> {
  const packets = response instanceof PacketResponse ? response.packets : response.body
  let bytes = 0
  for await (const packet of packets ?? []) {
    watchdog.heard()
    bytes += packet.length
    if (bytes > MAX_BYTES) throw new OversizedAnswer()
    yield packet
  }
}

async function* eventsIn(response: Response, watchdog: IdleWatchdog): AsyncGenerator {
  const waiting: string[] = []
  const parser = createParser({ onEvent: ({ data }) => waiting.push(data) })
  const decoder = new TextDecoder()
  for await (const packet of packetsOf(response, watchdog)) {
    parser.feed(decoder.decode(packet, { stream: true }))
    for (const data of waiting.splice(0)) {
      if (data === END) return
      yield JSON.parse(data)
    }
  }
  // Some servers leave out the empty line after the last event.
  parser.feed('\n\n')
  for (const data of waiting) if (data !== END) yield JSON.parse(data)
}

async function textOf(response: Response, watchdog: IdleWatchdog): Promise<string> {
  const chunks: Uint8Array[] = []
  for await (const packet of packetsOf(response, watchdog)) chunks.push(packet)
  return Buffer.concat(chunks).toString()
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

/** Servers say it in `error.message`, in `error`, in `message` or in `detail`. */
function reportIn(body: unknown): { code: string; message: string } {
  const error = recordAt(body, 'error')
  const code = textAt(error, 'code') || textAt(error, 'type')
  const message =
    textAt(error, 'message') ||
    textAt(body, 'error') ||
    textAt(body, 'message') ||
    textAt(body, 'detail')
  return { code, message }
}
