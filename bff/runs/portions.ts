// The frames of a run in portions of bytes. Followers that stand at the same place share the bytes,
// and a frame that is larger than a portion, as an earlier version stored them, is sent in pieces:
// what a reader that does not read costs is at most one portion.
import { encodeFrame } from '#shared/sse.ts'
import type { EventLog } from './event-log.ts'
import { LRUMap } from './lru-map.ts'
import type { LoggedEvent } from './tail.ts'

export const MAX_PORTION_BYTES = 32 * 1024
/** The end of a frame stays in one piece: some clients take an id before its frame is complete. */
const MIN_PIECE_BYTES = 64
const MAX_CACHED_BYTES = 8 * 1024 * 1024
/** What a small portion costs beside its bytes. */
const ENTRY_BYTES = 512

/** After the event `seq`, and after so many bytes of the frame that follows it. */
export interface Position {
  seq: number
  offset: number
}

export interface Portion {
  bytes: Buffer
  next: Position
  /** The ending is in it. */
  ended: boolean
}

export class Portions {
  readonly #log: EventLog
  readonly #portions = new LRUMap<Portion>(MAX_CACHED_BYTES, sizeOfPortion)
  readonly #largeFrames = new LRUMap<LoggedEvent>(MAX_CACHED_BYTES, ({ data }) => data.length)

  constructor(log: EventLog) {
    this.#log = log
  }

  /** Null: there is nothing more yet. */
  async after(runId: string, position: Position): Promise<Portion | null> {
    const key = `${runId} ${position.seq} ${position.offset}`
    const known = this.#portions.get(key)
    if (known !== undefined) return known
    const events = await this.#read(runId, position.seq)
    const [first] = events
    if (first === undefined) return null
    if (frameOf(first).length > MAX_PORTION_BYTES) {
      this.#largeFrames.set(`${runId} ${position.seq}`, first)
      return this.#keep(key, pieceOf(first, position))
    }
    const taken = fitting(events)
    const portion = join(taken)
    // What the newest events make up is not a whole portion yet.
    return taken.length < events.length || portion.ended ? this.#keep(key, portion) : portion
  }

  async #read(runId: string, seq: number): Promise<LoggedEvent[]> {
    const large = this.#largeFrames.get(`${runId} ${seq}`)
    return large === undefined ? this.#log.read(runId, seq) : [large]
  }

  #keep(key: string, portion: Portion): Portion {
    this.#portions.set(key, portion)
    return portion
  }
}

function sizeOfPortion({ bytes }: Portion): number {
  return bytes.length + ENTRY_BYTES
}

/** Encoded when a follower first needs it, and once. */
function frameOf(event: LoggedEvent): Buffer {
  event.frame ??= Buffer.from(encodeFrame(event.seq, event.type, event.data))
  return event.frame
}

function pieceOf(event: LoggedEvent, { seq, offset }: Position): Portion {
  const frame = frameOf(event)
  const end = offset + MAX_PORTION_BYTES
  const isLast = frame.length - end < MIN_PIECE_BYTES
  // A copy, or a reader that does not read would hold the whole frame.
  const bytes = Buffer.copyBytesFrom(frame, offset, isLast ? undefined : MAX_PORTION_BYTES)
  const next = isLast ? { seq: event.seq, offset: 0 } : { seq, offset: end }
  return { bytes, next, ended: isLast && event.type === 'done' }
}

function fitting(events: LoggedEvent[]): LoggedEvent[] {
  let bytes = 0
  const end = events.findIndex((event) => (bytes += frameOf(event).length) > MAX_PORTION_BYTES)
  return end === -1 ? events : events.slice(0, end)
}

function join(events: LoggedEvent[]): Portion {
  const [first] = events
  const last = events.at(-1)
  if (first === undefined || last === undefined) throw new Error('a portion has events')
  const bytes = events.length === 1 ? frameOf(first) : Buffer.concat(events.map(frameOf))
  return { bytes, next: { seq: last.seq, offset: 0 }, ended: last.type === 'done' }
}
