// What is held back for requests under way, in this process: the only one that spends.
import type { BudgetScope } from '#shared/budgets.ts'
import type { CallStart } from '../agent/types.ts'
import type { Spent } from './budget-store.ts'
import type { TextMark } from './count-input.ts'

export interface Reservation extends Spent {
  call: CallStart
  mark: TextMark
}

export class Reservations {
  readonly #held = new Map<string, Reservation>()
  #next = Promise.withResolvers<void>()
  /** Counts releases. */
  released = 0

  hold(reservation: Reservation): void {
    this.#held.set(reservation.call.id, reservation)
  }

  release(callId: string): Reservation | null {
    const reservation = this.#held.get(callId)
    if (reservation === undefined) return null
    this.#held.delete(callId)
    this.released += 1
    this.#next.resolve()
    this.#next = Promise.withResolvers()
    return reservation
  }

  /** Resolves at the next release. */
  get nextRelease(): Promise<void> {
    return this.#next.promise
  }

  /** Days and months do not ask when: what began before midnight may be booked after it. */
  of(scope: BudgetScope, key: string): Spent {
    const sum: Spent = { nanoUsd: 0, tokens: 0 }
    for (const { call, nanoUsd, tokens } of this.#held.values()) {
      if (scope === 'run' && call.runId !== key) continue
      if (scope === 'conversation' && call.conversationId !== key) continue
      sum.nanoUsd += nanoUsd
      sum.tokens += tokens
    }
    return sum
  }
}
