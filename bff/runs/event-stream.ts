// Frames on their way to one reader, written straight to Node's response: a web stream between them
// would cost memory for every reader and work for every token. A reader that does not drain is
// dropped and comes back by its cursor; one that leaves ends only its own reading.
import { once } from 'node:events'
import type { ServerResponse } from 'node:http'
import { HEARTBEAT, HEARTBEAT_MS, RECONNECT } from '#shared/sse.ts'

const HEADERS = {
  'Content-Type': 'text/event-stream; charset=utf-8',
  'Cache-Control': 'no-cache, no-transform',
  'X-Accel-Buffering': 'no',
}
const STALL_MS = 30_000
const RECONNECT_FRAME = `event: ${RECONNECT}\ndata: {}\n\n`

export interface StreamOptions {
  /** Aborts when the server ends: the reader is asked to come back. */
  ending: AbortSignal
  heartbeatMs?: number | undefined
  stallMs?: number | undefined
}

/** `follow` gets the signal that ends it. */
export async function writeEvents(
  response: ServerResponse,
  follow: (left: AbortSignal) => AsyncIterable<string>,
  { ending, heartbeatMs = HEARTBEAT_MS, stallMs = STALL_MS }: StreamOptions,
): Promise<void> {
  const left = new AbortController()
  const leave = () => left.abort()
  const heartbeat = setInterval(() => beat(response), heartbeatMs)
  response.once('close', leave)
  ending.addEventListener('abort', leave)
  try {
    // Headers go out with the first bytes, also when there is nothing to tell yet.
    response.writeHead(200, HEADERS).write(HEARTBEAT)
    for await (const frames of follow(left.signal)) {
      // What comes next stays in the log until there is room for it.
      if (!response.write(frames)) await drained(response, left.signal, stallMs)
    }
    response.end(ending.aborted ? RECONNECT_FRAME : undefined)
  } catch {
    // It did not drain, or the log cannot be read: the reader comes back and goes on.
    response.destroy()
  } finally {
    clearInterval(heartbeat)
    ending.removeEventListener('abort', leave)
  }
}

function beat(response: ServerResponse): void {
  if (!response.writableNeedDrain) response.write(HEARTBEAT)
}

async function drained(response: ServerResponse, left: AbortSignal, ms: number): Promise<void> {
  const stalled = new AbortController()
  const timer = setTimeout(() => stalled.abort(), ms)
  try {
    await once(response, 'drain', { signal: AbortSignal.any([left, stalled.signal]) })
  } finally {
    clearTimeout(timer)
  }
}
