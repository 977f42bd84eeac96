// The log of one run while it is written: what waits for the next commit, the newest committed
// events, and the message they fold to. A follower sees none of it before it is committed.
import { type FoldedRun, foldOn } from '#shared/fold-run.ts'
import { isEnding, type RunEvent } from '#shared/run-event.ts'
import { encodeData } from '#shared/sse.ts'
import type { Writing } from '../db/open.ts'
import { type DeltaEvent, isDelta, joinDeltas, MAX_DELTA_BYTES, splitDelta } from './delta.ts'
import { type LoggedEvent, Tail } from './tail.ts'

/** Done in the transaction that commits the event; `folded` includes it. */
export type AtCommit = (trx: Writing, folded: FoldedRun) => Promise<void>

interface Waiting {
  event: RunEvent
  /** Of its delta. */
  bytes: number
  also: AtCommit | undefined
  committed: PromiseWithResolvers<void>
}

/** What one run puts into one commit. */
export interface Batch {
  run: LiveRun
  waiting: Waiting[]
  events: LoggedEvent[]
  folded: FoldedRun
  ending: boolean
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
  async enqueue(event: RunEvent, also?: AtCommit): Promise<void> {
    if (this.#broken !== null) return Promise.reject(this.#broken)
    if (!isDelta(event)) return this.#push({ event, bytes: 0, also })
    const pieces = splitDelta(event)
    const last = pieces.length - 1
    const committed = pieces.map((piece, index) =>
      this.#pushDelta(piece, index === last ? also : undefined),
    )
    await Promise.all(committed)
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

  /** The oldest that waits, at least one event and about as many bytes as given; null: nothing waits. */
  takeBatch(maxBytes: number): Batch | null {
    let bytes = 0
    const end = this.#waiting.findIndex((waiting) => (bytes += waiting.bytes) > maxBytes)
    const count = end === -1 ? this.#waiting.length : Math.max(1, end)
    const taken = this.#waiting.splice(0, count)
    try {
      return taken.length === 0 ? null : this.#number(taken)
    } catch (error) {
      // An event that is no JSON or folds to nothing sensible is the trouble of its run alone.
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
    return { run: this, waiting, events, folded, ending }
  }

  committed({ waiting, events, folded }: Batch, commit: number): void {
    this.folded = folded
    this.tail.push(events, commit)
    for (const wake of this.#followers) wake()
    for (const { committed } of waiting) committed.resolve()
  }

  failed({ waiting }: Batch, error: unknown): void {
    this.#reject(waiting, error)
  }

  /** Nothing more is taken until `mend`: a hole in the text would go unnoticed. */
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
