// The newest committed events of a live run. The ones that are only in the journal must be here,
// since run_events does not have them yet; a portion that has moved stays for followers that are
// a little behind.
export interface LoggedEvent {
  seq: number
  type: string
  data: string
  /** Its bytes on the wire, once somebody has needed them. */
  frame?: Buffer
}

const PORTION = 64
const PORTION_CHARS = 64 * 1024
/** In commits: a run that waits for something must not hold the journal for ever. */
const OLDEST = 256

export class Tail {
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

  /** Null: too far back, run_events has it. */
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
