// Follows a run to its end, over as many connections as that takes and whichever tab holds them.
import { isEnding, type StoredRunEvent } from '#shared/run-event.ts'
import { decodeEvent } from '#shared/sse.ts'
import type { Frame } from './event-stream.ts'
import { RunStreams } from './run-streams.ts'

export interface FollowOptions {
  /** The last seq already seen. */
  after?: number
  signal: AbortSignal
  /** False while the connection is down and another attempt is due. */
  onConnection?: (connected: boolean) => void
}

const streams = new RunStreams()

export async function* followRun(
  runId: string,
  { after = 0, signal, onConnection = () => undefined }: FollowOptions,
): AsyncGenerator<StoredRunEvent> {
  const frames: Frame[] = []
  let cursor = after
  let isOver = signal.aborted
  let wake = () => {}
  const end = () => {
    isOver = true
    wake()
  }
  const leave = streams.follow(runId, {
    cursor: () => cursor,
    onFrames: (more) => {
      for (const frame of more) frames.push(frame)
      cursor = frames.at(-1)?.seq ?? cursor
      wake()
    },
    onOver: end,
    onConnection,
  })
  signal.addEventListener('abort', end)
  try {
    for (;;) {
      for (const frame of frames.splice(0)) {
        if (signal.aborted) return
        const event = decode(frame)
        if (event === null) continue
        yield { seq: frame.seq, event }
        if (isEnding(event)) return
      }
      if (frames.length > 0) continue
      if (isOver) return
      await new Promise<void>((resolve) => {
        wake = resolve
      })
    }
  } finally {
    signal.removeEventListener('abort', end)
    leave()
  }
}

/** An event of a later version is passed over; what this page can show stays in order. */
function decode({ event, data }: Frame) {
  try {
    return decodeEvent(event, data)
  } catch {
    return null
  }
}
