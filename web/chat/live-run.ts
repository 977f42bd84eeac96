// A run as it unfolds. Every event is folded the moment it comes; what the page shows of it
// changes once per frame, so a thousand tokens a second cost sixty renders of the open part.
import { type FoldedRun, foldRun, NOTHING_FOLDED } from '#shared/fold-run.ts'
import type { Totals } from '#shared/ledger.ts'
import type { Message } from '#shared/message.ts'
import type { StoredRunEvent } from '#shared/run-event.ts'
import type { LiveMessage } from '../transcript/live-message.ts'
import { Store } from '../ui/store.ts'

/** Animation frames stop in a hidden page; this does not. */
const LONGEST_WAIT_MS = 250

interface Shown {
  message: Message | null
  conversationTotals: Totals | null
  connected: boolean
}

export class LiveRun extends Store implements LiveMessage {
  #folded: FoldedRun
  #next: Shown
  #shown: Shown
  #ended = false
  #clockAhead = Infinity
  #cancelFlush: (() => void) | null = null

  /** Goes on from what is folded already. */
  constructor(folded = NOTHING_FOLDED) {
    super()
    this.#folded = folded
    this.#next = { message: folded.message, conversationTotals: null, connected: true }
    this.#shown = this.#next
  }

  get cursor(): number {
    return this.#folded.seq
  }

  get ended(): boolean {
    return this.#ended
  }

  readonly snapshot = () => this.#shown.message
  readonly conversationTotals = () => this.#shown.conversationTotals
  readonly connected = () => this.#shown.connected
  readonly now = () => Date.now() - (Number.isFinite(this.#clockAhead) ? this.#clockAhead : 0)

  push(stored: StoredRunEvent): void {
    const { event } = stored
    const folded = foldRun(this.#folded, stored)
    if (folded === this.#folded) return
    this.#folded = folded
    // An event arrives after it happened, so the smallest difference is the best estimate.
    this.#clockAhead = Math.min(this.#clockAhead, Date.now() - Date.parse(event.at))
    if (event.type === 'done') this.#ended = true
    this.#show({
      message: folded.message,
      ...(event.type === 'usage' ? { conversationTotals: event.conversation } : {}),
    })
  }

  /** There is nothing more to read, with or without an ending. */
  close(): void {
    this.#ended = true
    this.#show({})
    this.flush()
  }

  setConnected(connected: boolean): void {
    if (connected !== this.#next.connected) this.#show({ connected })
  }

  readonly flush = () => {
    this.#cancelFlush?.()
    this.#cancelFlush = null
    if (this.#shown === this.#next) return
    this.#shown = this.#next
    this.notify()
  }

  #show(change: Partial<Shown>): void {
    this.#next = { ...this.#next, ...change }
    this.#cancelFlush ??= onNextFrame(this.flush)
  }
}

function onNextFrame(callback: () => void): () => void {
  const frame = requestAnimationFrame(callback)
  const timer = setTimeout(callback, LONGEST_WAIT_MS)
  return () => {
    cancelAnimationFrame(frame)
    clearTimeout(timer)
  }
}
