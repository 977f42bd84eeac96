// Replays a run after a cursor, then waits for more, until its ending. It subscribes before it
// reads, so that a commit in between is never missed, and holds a cursor, not a queue: a reader
// that is slow reads bigger slices.
import { encodeFrame } from '#shared/sse.ts'
import type { EventLog } from './event-log.ts'

/** Yields encoded frames, as many at a time as there are. */
export async function* followRun(
  log: EventLog,
  runId: string,
  after: number,
  signal: AbortSignal,
): AsyncGenerator<string> {
  const bell = createBell()
  const leave = log.subscribe(runId, bell.ring)
  signal.addEventListener('abort', bell.ring)
  try {
    for (let cursor = after; !signal.aborted;) {
      const live = log.folded(runId) !== null
      const events = await log.read(runId, cursor)
      const last = events.at(-1)
      if (last !== undefined) {
        cursor = last.seq
        yield events.map(({ seq, type, data }) => encodeFrame(seq, type, data)).join('')
        if (last.type === 'done') return
      } else if (live) {
        await bell.rung()
      } else return
    }
  } finally {
    leave()
    signal.removeEventListener('abort', bell.ring)
  }
}

/** Remembers that it was rung while nobody waited. */
function createBell(): { ring: () => void; rung: () => Promise<void> } {
  let isRung = false
  let waiting: (() => void) | null = null
  return {
    ring: () => {
      isRung = true
      waiting?.()
    },
    rung: async () => {
      if (!isRung) {
        await new Promise<void>((resolve) => {
          waiting = resolve
        })
      }
      isRung = false
      waiting = null
    },
  }
}
