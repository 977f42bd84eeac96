// The log: one line of JSON on stderr per request, run and error. Its vocabulary is closed, so that no
// user text, key or upstream body can get into it. Repeated requests are logged at the level debug.
import { type DestinationStream, destination, pino, stdTimeFunctions } from 'pino'
import { LRUMap } from '../cache/lru-map.ts'

export interface RequestLine {
  method: string
  path: string
  status: number
  ms: number
}

export interface RunLine {
  runId: string
  conversationId: string
  status: string
  /** The number of events in the run's log. */
  events: number
  ms: number
}

export const LOG_LEVELS = ['debug', 'info', 'warn'] as const
export type LogLevel = (typeof LOG_LEVELS)[number]

export interface Log {
  request: (line: RequestLine) => void
  run: (line: RunLine) => void
  /** Logs one of Tally's own sentences. */
  note: (sentence: string) => void
  /** Logs an unexpected error by its kind and code, without its message, which may quote anything. */
  fault: (error: unknown, at: string) => void
  setLevel: (level: LogLevel) => void
}

export function createLog(stream: DestinationStream = destination({ dest: 2, sync: true })): Log {
  const logger = pino(
    {
      base: null,
      timestamp: stdTimeFunctions.isoTime,
      formatters: { level: (level) => ({ level }) },
    },
    stream,
  )
  const repeats = new LogDeduplication()
  return {
    request: (line) => {
      const { method, path, status, ms } = line
      const level = repeats.isRepeat(line, performance.now()) ? 'debug' : 'info'
      logger[level]({ method, path, status, ms }, 'request')
    },
    run: ({ runId, conversationId, status, events, ms }) =>
      logger.info({ runId, conversationId, status, events, ms }, 'run'),
    note: (sentence) => logger.warn(sentence),
    fault: (error, at) => logger.error({ at, ...describeError(error) }, 'fault'),
    setLevel: (level) => {
      logger.level = level
    },
  }
}

function describeError(error: unknown): { kind: string; code?: string; where?: string } {
  if (!(error instanceof Error)) return { kind: typeof error }
  const frames =
    error.stack
      ?.split(/\n {4}at /)
      .slice(1)
      .join('\n') ?? ''
  const where = /[\w.-]+\.[cm]?[jt]s:\d+/.exec(frames)?.[0]
  return {
    kind: error.constructor.name,
    ...('code' in error && typeof error.code === 'string' ? { code: error.code } : {}),
    ...(where === undefined ? {} : { where }),
  }
}

const WITHIN_MS = 15_000
const MAX_PATHS = 200

interface Answered {
  method: string
  path: string
  status: number
}

/**
 * Detects repeated requests: a page or a monitor that polls every few seconds and gets the same
 * status. A different status or a failure is not a repetition.
 */
export class LogDeduplication {
  readonly #last = new LRUMap<{ status: number; at: number }>(MAX_PATHS)

  isRepeat({ method, path, status }: Answered, at: number): boolean {
    if (method !== 'GET') return false
    const last = this.#last.get(path)
    this.#last.set(path, { status, at })
    return status < 400 && last?.status === status && at - last.at < WITHIN_MS
  }
}
