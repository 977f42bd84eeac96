// The log of one run while it is written: what waits for the next commit, the newest committed
// events, and the message they fold to. A follower sees none of it before it is committed.
import { type FoldedRun, foldOn } from '#shared/fold-run.ts'
import { isEnding, type RunEvent } from '#shared/run-event.ts'
import { encodeData } from '#shared/sse.ts'
import type { Writing } from '../db/open.ts'
import type { LoggedEvent } from './event-rows-store.ts'
import { type WithheldFrom, withheldFrom, withoutAnswer } from './withheld-events.ts'

/** Runs in the transaction that commits the event; `folded` includes the event. */
export type AtCommit = (trx: Writing, folded: FoldedRun) => Promise<void>

interface Waiting {
  event: RunEvent
  /** The size of its delta. */
  bytes: number
  also: AtCommit | undefined
  committed: PromiseWithResolvers<void>
}

/** The entries of one run in one commit. */
export interface Batch {
  run: LiveRun
  waiting: Waiting[]
  events: LoggedEvent[]
  folded: FoldedRun
  ending: boolean
  /** The answers that it withholds. */
  withheld: WithheldFrom
}

export class LiveRun {
  readonly id: string
  readonly tail: Tail
  folded: FoldedRun
  #waiting: Waiting[] = []
  #broken: unknown = null
  readonly #followers = new Set<() => void>()

  constructor(id: string, folded: FoldedRun) {
    this.id = id
    this.folded = folded
    this.tail = new Tail(folded.seq)
  }

  /** Resolves when all of it is committed; `also` is done with its last piece. */
  enqueue(event: RunEvent, also?: AtCommit): Promise<void> {
    if (this.#broken !== null) return Promise.reject(this.#broken)
    if (!isDelta(event)) return this.#push({ event, bytes: 0, also })
    const pieces = splitDelta(event)
    const last = pieces.pop() ?? event
    const before = pieces.map((piece) => this.#pushDelta(piece, undefined))
    const committed = this.#pushDelta(last, also)
    return before.length === 0 ? committed : all([...before, committed])
  }

  #pushDelta(event: DeltaEvent, also: AtCommit | undefined): Promise<void> {
    const bytes = Buffer.byteLength(event.delta)
    const last = this.#waiting.at(-1)
    if (last && !last.also && !also && last.bytes + bytes <= MAX_DELTA_BYTES) {
      const joined = joinDeltas(last.event, event)
      if (joined !== null) {
        last.event = joined
        last.bytes += bytes
        return last.committed.promise
      }
    }
    return this.#push({ event, bytes, also })
  }

  #push(waiting: Omit<Waiting, 'committed'>): Promise<void> {
    const committed = Promise.withResolvers<void>()
    this.#waiting.push({ ...waiting, committed })
    return committed.promise
  }

  get isWaiting(): boolean {
    return this.#waiting.length > 0
  }

  /** Takes the oldest waiting events: at least one, and about as many bytes as given. Null if none waits. */
  takeBatch(maxBytes: number): Batch | null {
    let bytes = 0
    const end = this.#waiting.findIndex((waiting) => (bytes += waiting.bytes) > maxBytes)
    const count = end === -1 ? this.#waiting.length : Math.max(1, end)
    const taken = this.#waiting.splice(0, count)
    try {
      return taken.length === 0 ? null : this.#number(taken)
    } catch (error) {
      // An event that cannot be encoded or folded fails only its own run.
      this.#reject(taken, error)
      return null
    }
  }

  #number(waiting: Waiting[]): Batch {
    const { seq } = this.folded
    const numbered = waiting.map(({ event }, index) => ({ seq: seq + index + 1, event }))
    const folded = foldOn(this.folded, numbered)
    const events = numbered.map(({ seq: number, event }) => ({
      seq: number,
      type: event.type,
      data: encodeData(event),
    }))
    const ending = waiting.some(({ event }) => isEnding(event))
    const withheld = withheldFrom(waiting.map(({ event }) => event))
    return { run: this, waiting, events, folded, ending, withheld }
  }

  committed({ waiting, events, folded, withheld }: Batch, commit: number): void {
    this.folded = folded
    this.tail.push(events, commit)
    if (withheld.size > 0) this.tail.withhold(withheld)
    for (const wake of this.#followers) wake()
    for (const { committed } of waiting) committed.resolve()
  }

  failed({ waiting }: Batch, error: unknown): void {
    this.#reject(waiting, error)
  }

  /** Rejects all events until `mend`: a gap in the text would go unnoticed. */
  #reject(waiting: Waiting[], error: unknown): void {
    this.#broken = error
    for (const { committed } of [...waiting, ...this.#waiting.splice(0)]) committed.reject(error)
  }

  mend(): void {
    this.#broken = null
  }

  subscribe(wake: () => void): () => void {
    this.#followers.add(wake)
    return () => this.#followers.delete(wake)
  }

  get followers(): number {
    return this.#followers.size
  }
}

async function all(committed: Promise<void>[]): Promise<void> {
  await Promise.all(committed)
}

// The deltas of a run as they are stored: those that wait for the same commit are joined, and none becomes
// so large that one event costs every reader memory. The fold does not see either.
type DeltaEvent = Extract<RunEvent, { delta: string }>

export const MAX_DELTA_BYTES = 16 * 1024

function isDelta(event: RunEvent): event is DeltaEvent {
  return 'delta' in event
}

/** Splits in halves, so that each piece of a large delta is at least half as large as allowed. */
function splitDelta(event: DeltaEvent): DeltaEvent[] {
  const { delta } = event
  if (Buffer.byteLength(delta) <= MAX_DELTA_BYTES) return [event]
  const middle = afterPair(delta, delta.length >> 1)
  const halves = [delta.slice(0, middle), delta.slice(middle)]
  return halves.flatMap((half) => splitDelta({ ...event, delta: half }))
}

/** Does not split a surrogate pair. */
function afterPair(text: string, index: number): number {
  const isHigh = /[\uD800-\uDBFF]/.test(text.charAt(index - 1))
  return isHigh ? index + 1 : index
}

/** Returns null if the second does not continue the first. */
function joinDeltas(last: RunEvent, next: DeltaEvent): DeltaEvent | null {
  if (!isDelta(last) || last.type !== next.type) return null
  if (last.parentCallId !== next.parentCallId) return null
  if (last.type === 'tool_call' && next.type === 'tool_call' && last.callId !== next.callId) {
    return null
  }
  return { ...last, delta: last.delta + next.delta }
}

const PORTION = 64
const PORTION_CHARS = 64 * 1024
/** In commits: a run that waits for something must not hold the journal indefinitely. */
const OLDEST = 256

/**
 * The newest committed events. The ones that are only in the journal must be here, since run_events does not
 * have them yet; a portion that has moved stays for followers that are a little behind.
 */
class Tail {
  #events: LoggedEvent[] = []
  #movedSeq: number
  #unmovedChars = 0
  /** The commit whose journal row holds the oldest unmoved event. */
  heldCommit = Number.POSITIVE_INFINITY

  /** `lastSeq`: everything up to it is in run_events. */
  constructor(lastSeq: number) {
    this.#movedSeq = lastSeq
  }

  push(events: LoggedEvent[], commit: number): void {
    this.#events.push(...events)
    for (const { data } of events) this.#unmovedChars += data.length
    this.heldCommit = Math.min(this.heldCommit, commit)
  }

  withhold(from: WithheldFrom): void {
    this.#events = this.#events.map((event) => withoutAnswer(event, from) ?? event)
  }

  /** Returns null if it is too far back and must be read from `run_events`. */
  after(seq: number): LoggedEvent[] | null {
    const first = this.#events[0]?.seq ?? this.#movedSeq + 1
    return seq < first - 1 ? null : this.#events.slice(seq + 1 - first)
  }

  isDue(commit: number): boolean {
    const last = this.#events.at(-1)?.seq ?? this.#movedSeq
    return (
      last - this.#movedSeq >= PORTION ||
      this.#unmovedChars >= PORTION_CHARS ||
      commit - this.heldCommit >= OLDEST
    )
  }

  unmoved(): LoggedEvent[] {
    return this.after(this.#movedSeq) ?? []
  }

  moved(): void {
    this.#events = this.unmoved()
    this.#movedSeq = this.#events.at(-1)?.seq ?? this.#movedSeq
    this.#unmovedChars = 0
    this.heldCommit = Number.POSITIVE_INFINITY
  }
}
