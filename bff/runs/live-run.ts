// The log of one run while it is written: what waits for the next commit, the newest committed
// events, and the message they fold to. A follower sees none of it before it is committed.
import { type FoldedRun, foldOn } from '#shared/fold-run.ts'
import { isEnding, type RunEvent } from '#shared/run-event.ts'
import { encodeData } from '#shared/sse.ts'
import type { Writing } from '../db/open.ts'
import { type LoggedEvent, Tail } from './tail.ts'

/** Done in the transaction that commits the event; `folded` includes it. */
export type AtCommit = (trx: Writing, folded: FoldedRun) => Promise<void>

interface Waiting {
  event: RunEvent
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

  enqueue(event: RunEvent, also?: AtCommit): Promise<void> {
    if (this.#broken !== null) return Promise.reject(this.#broken)
    const last = this.#waiting.at(-1)
    const joined = last && !last.also && !also ? joinDeltas(last.event, event) : null
    if (last && joined) {
      last.event = joined
      return last.committed.promise
    }
    const committed = Promise.withResolvers<void>()
    this.#waiting.push({ event, also, committed })
    return committed.promise
  }

  /** Null when nothing waits. */
  takeBatch(): Batch | null {
    const waiting = this.#waiting
    this.#waiting = []
    try {
      return waiting.length === 0 ? null : this.#number(waiting)
    } catch (error) {
      // An event that is no JSON or folds to nothing sensible is the trouble of its run alone.
      this.#reject(waiting, error)
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
    this.#reject([...waiting, ...this.#waiting], error)
    this.#waiting = []
  }

  /** Nothing more is taken until `mend`: a hole in the text would go unnoticed. */
  #reject(waiting: Waiting[], error: unknown): void {
    this.#broken = error
    for (const { committed } of waiting) committed.reject(error)
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

/** Deltas of one kind that wait for the same commit become one event; the fold does not see it. */
function joinDeltas(last: RunEvent, next: RunEvent): RunEvent | null {
  if (last.type === 'token' && next.type === 'token') {
    return { ...last, delta: last.delta + next.delta }
  }
  if (last.type === 'reasoning' && next.type === 'reasoning') {
    return { ...last, delta: last.delta + next.delta }
  }
  if (!isArguments(last) || !isArguments(next) || last.callId !== next.callId) return null
  return { ...last, delta: last.delta + next.delta }
}

type ArgumentsEvent = Extract<RunEvent, { type: 'tool_call'; phase: 'arguments' }>

function isArguments(event: RunEvent): event is ArgumentsEvent {
  return event.type === 'tool_call' && event.phase === 'arguments'
}
