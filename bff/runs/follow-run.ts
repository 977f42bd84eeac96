// Replays runs after their cursors, then waits for more, until all have ended. It subscribes before
// it reads, so that a commit in between is never missed, and holds cursors, not queues: what a
// reader has not taken yet stays in the log.
import { encodeFrame, encodeSource, SOURCE, SOURCE_END } from '#shared/sse.ts'
import { language } from '#shared/translate.ts'
import type { EventLog } from './event-log.ts'
import { type LoggedEvent, MAX_PORTION_BYTES } from './event-rows-store.ts'
import { LRUMap } from '../cache/lru-map.ts'
import { translateEvent } from './translate-event.ts'
import type { Turns } from './turns.ts'

/** The parts that all followers share. */
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

/** Remembers a ring that came while nothing waited. */
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

/** The end of a frame stays in one piece: some clients take an id before its frame is complete. */
const MIN_PIECE_BYTES = 64
const MAX_CACHED_BYTES = 8 * 1024 * 1024
/** The overhead of a small portion besides its bytes. */
const ENTRY_BYTES = 512

/** After the event `seq`, and after so many bytes of the frame that follows it. */
interface Position {
  seq: number
  offset: number
}

interface Portion {
  bytes: Buffer
  next: Position
  /** The ending is in it. */
  ended: boolean
}

/**
 * The frames of a run in portions of bytes. Followers that stand at the same position share the bytes, and
 * a frame that is larger than a portion, as an earlier version stored them, is sent in pieces: a reader that
 * does not read costs one portion at most.
 */
export class Portions {
  readonly #log: EventLog
  readonly #portions = new LRUMap<Portion>(MAX_CACHED_BYTES, sizeOfPortion)
  readonly #largeFrames = new LRUMap<Frame>(MAX_CACHED_BYTES, ({ bytes }) => bytes.length)

  constructor(log: EventLog) {
    this.#log = log
  }

  /** Null if there is nothing more yet. */
  async after(runId: string, position: Position): Promise<Portion | null> {
    // What was taken back since is not sent from memory.
    const key = `${this.#log.edition} ${language()} ${runId} ${position.seq} ${position.offset}`
    const known = this.#portions.get(key)
    if (known !== undefined) return known
    const large = this.#largeFrames.get(`${language()} ${runId} ${position.seq}`)
    if (large !== undefined) return this.#keep(key, pieceOf(large, position))
    const events = await this.#log.read(runId, position.seq)
    const [first] = events
    if (first === undefined) return null
    const portion = join(events)
    if (portion === null) {
      const frame = { event: first, bytes: Buffer.from(frameOf(first)) }
      this.#largeFrames.set(`${language()} ${runId} ${position.seq}`, frame)
      return this.#keep(key, pieceOf(frame, position))
    }
    // The newest events do not fill a portion yet.
    const isFull = portion.next.seq !== events.at(-1)?.seq
    return isFull || portion.ended ? this.#keep(key, portion) : portion
  }

  #keep(key: string, portion: Portion): Portion {
    this.#portions.set(key, portion)
    return portion
  }
}

function sizeOfPortion({ bytes }: Portion): number {
  return bytes.length + ENTRY_BYTES
}

interface Frame {
  event: LoggedEvent
  bytes: Buffer
}

/** In the language of the reader. */
function frameOf({ seq, type, data }: LoggedEvent): string {
  return encodeFrame(seq, type, translateEvent(type, data))
}

function pieceOf({ event, bytes: frame }: Frame, { seq, offset }: Position): Portion {
  const end = offset + MAX_PORTION_BYTES
  const isLast = frame.length - end < MIN_PIECE_BYTES
  // A copy, or a reader that does not read would hold the whole frame.
  const bytes = Buffer.copyBytesFrom(frame, offset, isLast ? undefined : MAX_PORTION_BYTES)
  const next = isLast ? { seq: event.seq, offset: 0 } : { seq, offset: end }
  return { bytes, next, ended: isLast && event.type === 'done' }
}

/** As many of the events as fit; null: the first alone does not. */
function join(events: LoggedEvent[]): Portion | null {
  let text = ''
  let bytes = 0
  let last: LoggedEvent | null = null
  for (const event of events) {
    const frame = frameOf(event)
    bytes += Buffer.byteLength(frame)
    if (bytes > MAX_PORTION_BYTES) break
    text += frame
    last = event
  }
  if (last === null) return null
  return {
    bytes: Buffer.from(text),
    next: { seq: last.seq, offset: 0 },
    ended: last.type === 'done',
  }
}
