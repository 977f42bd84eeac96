// One request, and everything that came back as it came, each event with its time: for the checks, from
// which the SDK would hide what they look at. Limited in time and size.
import { classifyError, classifyReport, readReport, refuseForeign } from './classify-error.ts'
import { IdleWatchdog } from './idle-watchdog.ts'
import { ProviderError } from './provider-error.ts'
import { isEventStream, readEvents, readText } from './read-response.ts'
import { recordAt } from './record.ts'
import { secretsOf } from './safe-detail.ts'
import { sendRequest } from './send-request.ts'
import type { ModelTarget } from './types.ts'
import { endpointOf } from './upstream-model.ts'
import { observeWire } from './wire-observer.ts'
import type { WireRequest } from './wire-request.ts'

export interface Frame {
  /** Milliseconds since the request was sent. */
  atMs: number
  data: unknown
}

export interface Exchange {
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

export interface ExchangeOptions {
  stop: AbortSignal
  idleTimeoutMs: number
  /** The answer is closed as soon as it says so. */
  enough?: (frames: Frame[]) => boolean
}

const MAX_MS = 300_000
const MAX_BYTES = 1_000_000

/** Never rejects: what went wrong is the problem of the exchange. */
export async function recordExchange(
  target: ModelTarget,
  request: WireRequest,
  options: ExchangeOptions,
): Promise<Exchange> {
  const sentAt = performance.now()
  const watchdog = new IdleWatchdog({ idleMs: options.idleTimeoutMs })
  const leave = new AbortController()
  const signals = [options.stop, watchdog.signal, leave.signal, AbortSignal.timeout(MAX_MS)]
  const at = endpointOf(target)
  const isSecret = secretsOf(target, () => [request.text])
  const exchange: Exchange = {
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
      exchange.resent = true
    },
  }
  const limits = { maxBytes: MAX_BYTES, onPacket: () => watchdog.heard() }
  const keep = (data: unknown) => exchange.frames.push({ atMs: performance.now() - sentAt, data })
  const refusal = (status: number | undefined, body: unknown) =>
    classifyReport(readReport(status, body), at, isSecret)

  async function read(response: Response): Promise<void> {
    await refuseForeign(response, at)
    if (!response.ok) {
      exchange.refusedWith = response.status
      throw refusal(response.status, parsed(await readText(response, limits)))
    }
    if (!isEventStream(response)) keep(JSON.parse(await readText(response, limits)))
    else {
      exchange.isStream = true
      const parse = ({ data }: { data: string }): unknown[] => [JSON.parse(data)]
      for await (const events of readEvents(response, limits, parse)) {
        for (const data of events) {
          keep(data)
          if (recordAt(data, 'error') !== null) throw refusal(undefined, data)
          exchange.cut = options.enough?.(exchange.frames) ?? false
          if (exchange.cut) return
        }
      }
    }
    exchange.ended = true
  }

  try {
    const signal = AbortSignal.any(signals)
    const accept = 'application/json, text/event-stream'
    const send = () => sendRequest(target, { ...request, accept, signal })
    await read(await observeWire(observer, send))
  } catch (error) {
    const started = exchange.frames.length > 0
    exchange.problem = watchdog.fired
      ? new ProviderError(started ? 'stalled' : 'timeout', at)
      : classifyError(error, at, isSecret, started)
  } finally {
    watchdog.stop()
    leave.abort()
  }
  exchange.durationMs = performance.now() - sentAt
  return exchange
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
