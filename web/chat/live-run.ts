// A run as it unfolds. What came since the last frame is folded at once, so a thousand tokens a
// second cost at most sixty folds, and sixty renders of the open part.
import { type FoldedRun, foldOn, NOTHING_FOLDED } from '#shared/fold-run.ts'
import type { Totals } from '#shared/ledger.ts'
import { pendingTotals } from '#shared/totals-so-far.ts'
import type { StoredRunEvent } from '#shared/run-event.ts'
import { followRun } from '../api/follow-run.ts'
import type { LiveMessage } from '../transcript/live-message.ts'
import { Store } from '../ui/store.ts'
import { FramePacer } from './frame-pacer.ts'

export class LiveRun extends Store implements LiveMessage {
  #folded: FoldedRun
  /** Events that have arrived and are not folded yet. */
  #waiting: StoredRunEvent[] = []
  #seq: number
  #conversationTotals: Totals | null = null
  #pendingTotals: Totals | null = null
  #connected = true
  #clockAhead = Infinity
  readonly #pacer = new FramePacer()
  #cancelFlush: (() => void) | null = null
  #leave: (() => void) | null = null

  /** Goes on from what is folded already. */
  constructor(folded = NOTHING_FOLDED) {
    super()
    this.#folded = folded
    this.#seq = folded.seq
    this.#readPending()
  }

  readonly snapshot = () => this.#folded.message
  readonly conversationTotals = () => this.#conversationTotals
  /** The totals of the running model call; the same object until they change. */
  readonly pendingTotals = () => this.#pendingTotals
  readonly connected = () => this.#connected
  readonly now = () => Date.now() - (Number.isFinite(this.#clockAhead) ? this.#clockAhead : 0)

  push(stored: StoredRunEvent): void {
    const { seq, event } = stored
    if (seq <= this.#seq) return
    this.#seq = seq
    if (this.#waiting.length === 0) this.#readClock(event.at)
    this.#waiting.push(stored)
    this.#flushSoon()
  }

  /** Reads on from the last event that has come, until it ends or is left. */
  follow(runId: string, onEnd: () => void): void {
    this.#leave ??= followRun(runId, {
      after: this.#seq,
      onEvents: (events) => events.forEach((stored) => this.push(stored)),
      onConnection: (connected) => this.setConnected(connected),
      onEnd: () => {
        this.flush()
        onEnd()
      },
    })
  }

  leave(): void {
    this.#leave?.()
    this.#leave = null
  }

  setConnected(connected: boolean): void {
    if (connected === this.#connected) return
    this.#connected = connected
    this.#flushSoon()
  }

  readonly flush = () => {
    if (this.#cancelFlush === null) return
    this.#cancelFlush()
    this.#cancelFlush = null
    const events = this.#waiting
    this.#waiting = []
    this.#folded = foldOn(this.#folded, events)
    const usage = events.findLast(({ event }) => event.type === 'usage')?.event
    if (usage?.type === 'usage') this.#conversationTotals = usage.conversation
    this.#readPending()
    this.notify()
  }

  #readPending(): void {
    const { message } = this.#folded
    const now = message && pendingTotals(message)
    const before = this.#pendingTotals
    if (now && before && now.outputTokens === before.outputTokens) {
      if (now.inputTokens === before.inputTokens) return
    }
    this.#pendingTotals = now
  }

  /** An event arrives after it happened, so the smallest difference is the best estimate. */
  #readClock(at: string): void {
    this.#clockAhead = Math.min(this.#clockAhead, Date.now() - Date.parse(at))
  }

  #flushSoon(): void {
    this.#cancelFlush ??= this.#pacer.next(this.flush)
  }
}
