// Frames on their way to one reader. A reader that does not drain is dropped and comes back by its
// cursor; one that leaves ends only its own reading. Nothing is queued beyond one small buffer: what
// comes next is read from the log when there is room.
import { HEARTBEAT, HEARTBEAT_MS, RECONNECT } from '#shared/sse.ts'

const BUFFER_BYTES = 64 * 1024
const STALL_MS = 30_000
const RECONNECT_FRAME = `event: ${RECONNECT}\ndata: {}\n\n`

export interface StreamOptions {
  /** Aborts when the server ends: the reader is asked to come back. */
  ending: AbortSignal
  /** Cuts the connection of a reader that does not drain. */
  drop: () => void
  heartbeatMs?: number | undefined
  stallMs?: number | undefined
}

/** `follow` gets the signal that ends it when the reader leaves. */
export function eventStream(
  follow: (left: AbortSignal) => AsyncIterable<string>,
  { ending, drop, heartbeatMs = HEARTBEAT_MS, stallMs = STALL_MS }: StreamOptions,
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  const left = new AbortController()
  let drained: (() => void) | null = null

  async function pump(controller: ReadableStreamDefaultController<Uint8Array>): Promise<void> {
    const send = (text: string) => controller.enqueue(encoder.encode(text))
    const hasRoom = () => (controller.desiredSize ?? 0) > 0
    const heartbeat = setInterval(() => hasRoom() && send(HEARTBEAT), heartbeatMs)
    try {
      // Headers go out with the first bytes, also when there is nothing to tell yet.
      send(HEARTBEAT)
      for await (const frames of follow(AbortSignal.any([left.signal, ending]))) {
        send(frames)
        if (!hasRoom() && !(await room())) return drop()
      }
      if (ending.aborted) send(RECONNECT_FRAME)
    } finally {
      clearInterval(heartbeat)
      if (!left.signal.aborted) controller.close()
    }
  }

  /** False when the reader took too long. */
  function room(): Promise<boolean> {
    return new Promise((resolve) => {
      const stalled = setTimeout(resolve, stallMs, false)
      drained = () => {
        clearTimeout(stalled)
        resolve(true)
      }
      left.signal.addEventListener('abort', drained, { once: true })
    })
  }

  return new ReadableStream<Uint8Array>(
    {
      start: (controller) => {
        // A log that cannot be read ends the stream; the reader comes back and hears why.
        pump(controller).catch(drop)
      },
      pull: () => drained?.(),
      cancel: () => left.abort(),
    },
    new ByteLengthQueuingStrategy({ highWaterMark: BUFFER_BYTES }),
  )
}
