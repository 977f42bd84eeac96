// Writes frames for one reader directly to Node's response: a web stream in between would cost memory for every reader
// and time for every token. A frame must be flushed before the next one is written. A reader that takes nothing for a
// while is dropped and reconnects with its cursor.
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
/** How long a reader has for the frame that is being sent when the server ends. */
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
  // The reader has left already, so there will be no `close` event.
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
    // Sends the headers at once, even if there are no events yet.
    response.writeHead(200, STREAM_HEADERS).write(HEARTBEAT)
    await follow({ signal: left.signal, send })
    response.end(ending.aborted ? RECONNECT_FRAME : undefined)
  } catch {
    // The reader takes nothing, or the log cannot be read: the reader reconnects.
    response.destroy()
  } finally {
    clearInterval(heartbeat)
    stop()
    ending.removeEventListener('abort', endSoon)
  }
}

/** Sends one frame at a time. Rejects if it is not flushed in time, and if the connection closes. */
function sender(response: ServerResponse, stallMs: number) {
  let sending: PromiseWithResolvers<void> | null = null
  const fail = () => sending?.reject(new Error('the reader takes nothing more'))
  // Restarted by every write, and without effect once that is flushed.
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
