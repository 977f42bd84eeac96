// Follows a run to its end over as many connections as that takes. The log on the server is the
// truth and `seq` the place in it, so every reconnect asks for what comes after the last event
// seen, and an event that comes twice is dropped. A broken connection is never a failed run.
import { chatPaths } from '#shared/chat-paths.ts'
import { isEnding, type StoredRunEvent } from '#shared/run-event.ts'
import { readEvents } from './event-stream.ts'
import { pause } from './page-wake.ts'
import { ApiError, send } from './request.ts'

const FIRST_DELAY_MS = 500
const LONGEST_DELAY_MS = 15_000
/** Nothing more will come: finished (204), unknown cursor or run, or the log was trimmed. */
const FINAL = new Set([204, 400, 404, 410])

export interface FollowOptions {
  /** The last seq already seen. */
  after?: number
  signal: AbortSignal
  /** False while the connection is down and another attempt is due. */
  onConnection?: (connected: boolean) => void
}

export async function* followRun(
  runId: string,
  options: FollowOptions,
): AsyncGenerator<StoredRunEvent> {
  yield* follow({ runId }, options)
}

/**
 * Starts a run and follows it. `start` sends the request with its idempotency key and may be
 * called again while nobody has answered: that cannot start a second run.
 */
export async function* startAndFollowRun(
  start: () => Promise<Response>,
  options: FollowOptions,
): AsyncGenerator<StoredRunEvent> {
  yield* follow({ start }, options)
}

interface Source {
  runId?: string
  start?: () => Promise<Response>
}

async function* follow(
  source: Source,
  { after = 0, signal, onConnection = () => undefined }: FollowOptions,
): AsyncGenerator<StoredRunEvent> {
  let cursor = after
  let runId = source.runId
  let failures = 0
  while (!signal.aborted) {
    const response = await connect(runId, source.start, cursor, signal)
    if (response?.status !== undefined && FINAL.has(response.status)) return
    onConnection(response !== null)
    if (response !== null) {
      for await (const stored of readEvents(response)) {
        if (signal.aborted) return
        if (stored.seq <= cursor) continue
        cursor = stored.seq
        failures = 0
        if (stored.event.type === 'run') runId = stored.event.runId
        yield stored
        if (isEnding(stored.event)) return
      }
    }
    onConnection(false)
    await pause(delay(failures++), signal)
  }
}

/** Null when nobody answered or the answer is passing (a proxy's 502, a restart's 503). */
async function connect(
  runId: string | undefined,
  start: Source['start'],
  cursor: number,
  signal: AbortSignal,
): Promise<Response | null> {
  try {
    if (runId === undefined) return (await start?.()) ?? null
    const headers = { accept: 'text/event-stream' }
    return await send(`${chatPaths.events(runId)}?after=${cursor}`, { headers, signal })
  } catch (error) {
    if (signal.aborted) return null
    if (!(error instanceof ApiError)) throw error
    if (error.unanswered) return null
    if (runId !== undefined && FINAL.has(error.status)) return new Response(null, { status: 204 })
    if (runId !== undefined && (error.status >= 500 || error.status === 429)) return null
    throw error
  }
}

function delay(failures: number): number {
  const longest = Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** failures)
  return longest * (0.75 + Math.random() / 4)
}
