// The log: one line of JSON on stderr per request, run and fault. Its vocabulary is closed, so that
// no text of a person, no key and no upstream body can get into it. Requests that only repeat the one
// before are seen at the level debug.
import { destination, type DestinationStream, pino, stdTimeFunctions } from 'pino'
import { LogDeduplication } from './deduplicate.ts'

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
  /** How many events its log holds. */
  events: number
  ms: number
}

export const LOG_LEVELS = ['debug', 'info', 'warn'] as const
export type LogLevel = (typeof LOG_LEVELS)[number]

export interface Log {
  request: (line: RequestLine) => void
  run: (line: RunLine) => void
  /** Sentences of our own only. */
  note: (sentence: string) => void
  /** An error nobody expected: its kind and code, never its message, which may quote anything. */
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
