// Frames on their way to one reader, written straight to Node's response: a web stream between them
// would cost memory for every reader and work for every token. What was written must have left
// before more is; a reader that takes nothing for a while is dropped and comes back by its cursor,
// and one that leaves ends only its own reading.
import type { ServerResponse } from 'node:http'
import { HEARTBEAT, HEARTBEAT_MS, RECONNECT } from '#shared/sse.ts'
import type { Reader } from './follow-run.ts'
import { Problem } from '../http/problem.ts'
import { t } from '#shared/translate.ts'

export const STREAM_HEADERS = {
  'Content-Type': 'text/event-stream; charset=utf-8',
  'Cache-Control': 'no-cache, no-transform',
  'X-Accel-Buffering': 'no',
}
const STALL_MS = 30_000
/** How long a reader may still take what it is being sent when the server ends. */
const ENDING_MS = 1_000
const RECONNECT_FRAME = `event: ${RECONNECT}\ndata: {}\n\n`

export interface StreamOptions {
  /** Aborts when the server ends: the reader is asked to come back. */
  ending: AbortSignal
  heartbeatMs?: number | undefined
  stallMs?: number | undefined
}

/** Resolves when the stream is over. */
export async function writeEvents(
  response: ServerResponse,
  follow: (reader: Reader) => Promise<void>,
  { ending, heartbeatMs = HEARTBEAT_MS, stallMs = STALL_MS }: StreamOptions,
): Promise<void> {
  // Its reader has left already, and nothing tells that again.
  if (response.closed || response.destroyed) return
  const left = new AbortController()
  const leave = () => left.abort()
  const endSoon = () => {
    leave()
    setTimeout(stop, ENDING_MS).unref()
  }
  const { send, isSending, stop } = sender(response, stallMs)
  const heartbeat = setInterval(() => {
    if (!isSending()) response.write(HEARTBEAT)
  }, heartbeatMs)
  response.once('close', leave)
  ending.addEventListener('abort', endSoon)
  try {
    // Headers go out with the first bytes, also when there is nothing to tell yet.
    response.writeHead(200, STREAM_HEADERS).write(HEARTBEAT)
    await follow({ signal: left.signal, send })
    response.end(ending.aborted ? RECONNECT_FRAME : undefined)
  } catch {
    // It takes nothing, or the log cannot be read: the reader comes back and goes on.
    response.destroy()
  } finally {
    clearInterval(heartbeat)
    stop()
    ending.removeEventListener('abort', endSoon)
  }
}

/** Sends one thing at a time; what does not leave in time rejects, and so does a closed connection. */
function sender(response: ServerResponse, stallMs: number) {
  let sending: PromiseWithResolvers<void> | null = null
  const fail = () => sending?.reject(new Error('the reader takes nothing more'))
  // Armed again by every write, and without effect when that has left.
  const stall = setTimeout(fail, stallMs)
  response.once('close', fail)
  return {
    isSending: () => sending !== null,
    send: (bytes: Buffer): Promise<void> => {
      const started = Promise.withResolvers<void>()
      sending = started
      stall.refresh()
      // The caller may await it a moment later.
      started.promise.catch(() => {})
      response.write(bytes, (error) => {
        sending = null
        if (error) started.reject(error)
        else started.resolve()
      })
      return started.promise
    },
    stop: () => {
      clearTimeout(stall)
      fail()
    },
  }
}

/** The seq after which a reader goes on. Nothing given is the beginning; anything but a seq of the run is refused. */
export function readCursor(given: string | undefined, lastSeq: number): number {
  if (given === undefined) return 0
  const seq = /^\d{1,15}$/.test(given) ? Number(given) : Number.NaN
  if (seq <= lastSeq) return seq
  throw new Problem('invalid_cursor', t`It must be a whole number from 0 to ${lastSeq}.`)
}
