// Replays runs after their cursors, then waits for more, until all have ended. It subscribes before
// it reads, so that a commit in between is never missed, and holds cursors, not queues: what a
// reader has not taken yet stays in the log.
import { encodeSource, SOURCE, SOURCE_END } from '#shared/sse.ts'
import type { EventLog } from './event-log.ts'
import type { Portions, Position } from './portions.ts'
import type { Turns } from './turns.ts'

/** What all followers share. */
export interface Feed {
  log: EventLog
  portions: Portions
  turns: Turns
}

export interface Cursor {
  runId: string
  /** The last seq that the reader has seen, or `NOTHING_LEFT`. */
  after: number
}

export const NOTHING_LEFT = Number.POSITIVE_INFINITY

export interface Reader {
  /** Aborts when the reader has left. */
  signal: AbortSignal
  /** Resolves when there is room for more; rejects when there will be none. */
  send: (bytes: Buffer) => Promise<void>
  /** Reads several runs in one stream, and is told which run it is that a frame belongs to. */
  several?: boolean
}

interface Followed {
  runId: string
  at: Position
}

export async function followRuns(feed: Feed, cursors: Cursor[], reader: Reader): Promise<void> {
  const { signal } = reader
  const open = new Set<Followed>()
  const ready = new Set<Followed>()
  const bell = createBell()
  const unsubscribe = cursors.map(({ runId, after }) => {
    const run = { runId, at: { seq: after, offset: 0 } }
    open.add(run)
    ready.add(run)
    return feed.log.subscribe(runId, () => {
      if (open.has(run)) ready.add(run)
      bell.ring()
    })
  })
  const send = reader.several ? namingSources(reader.send) : sendAlone(reader.send)
  signal.addEventListener('abort', bell.ring)
  try {
    while (!signal.aborted) {
      for (const run of ready) {
        ready.delete(run)
        const state = await sendNext(feed, run, send)
        if (state === 'more') ready.add(run)
        if (state === 'over') {
          open.delete(run)
          if (reader.several) await reader.send(sourceFrame(SOURCE_END, run.runId))
        }
        if (signal.aborted) return
      }
      if (open.size === 0) return
      await bell.rung()
    }
  } finally {
    for (const leave of unsubscribe) leave()
    signal.removeEventListener('abort', bell.ring)
  }
}

type Send = (run: Followed, bytes: Buffer) => Promise<void>

function sendAlone(send: Reader['send']): Send {
  return (_, bytes) => send(bytes)
}

function namingSources(send: Reader['send']): Send {
  let last: Followed | null = null
  return (run, bytes) => {
    const named = run === last ? bytes : Buffer.concat([sourceFrame(SOURCE, run.runId), bytes])
    last = run
    return send(named)
  }
}

function sourceFrame(event: typeof SOURCE | typeof SOURCE_END, runId: string): Buffer {
  return Buffer.from(encodeSource(event, runId))
}

/** One portion, or all pieces of one frame: no other run comes between them. */
async function sendNext(feed: Feed, run: Followed, send: Send): Promise<'more' | 'waits' | 'over'> {
  do {
    const { sent, state } = await feed.turns.run(() => startSending(feed, run, send))
    await sent
    if (state !== 'more') return state
  } while (run.at.offset > 0)
  return feed.log.folded(run.runId)?.seq === run.at.seq ? 'waits' : 'more'
}

async function startSending({ log, portions }: Feed, run: Followed, send: Send) {
  const isLive = run.at.seq !== NOTHING_LEFT && log.folded(run.runId) !== null
  const portion = await portions.after(run.runId, run.at)
  if (portion === null) return { state: isLive ? ('waits' as const) : ('over' as const) }
  run.at = portion.next
  return {
    sent: send(run, portion.bytes),
    state: portion.ended ? ('over' as const) : ('more' as const),
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
