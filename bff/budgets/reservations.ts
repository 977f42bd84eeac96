// What is held back for requests under way, in this process: the only one that spends.
import type { BudgetScope } from '#shared/budgets.ts'
import type { CallStart } from '../upstream/types.ts'
import type { Spent } from './budget-store.ts'
import type { TextSnapshot } from './estimate-input.ts'

export interface Reservation extends Spent {
  call: CallStart
  snapshot: TextSnapshot
}

export class Reservations {
  readonly #held = new Map<string, Reservation>()
  /** Of answers that were stopped. */
  readonly #counted = new Set<string>()
  #next = Promise.withResolvers<void>()

  hold(reservation: Reservation): void {
    this.#held.set(reservation.call.id, reservation)
  }

  release(callId: string): Reservation | null {
    const reservation = this.#held.get(callId)
    if (reservation === undefined) return null
    this.#held.delete(callId)
    this.#counted.delete(callId)
    this.#changed()
    return reservation
  }

  /** It was stopped, and is only counted from here on. */
  countOn(callId: string): void {
    if (!this.#held.has(callId)) return
    this.#counted.add(callId)
    this.#changed()
  }

  #changed(): void {
    this.#next.resolve()
    this.#next = Promise.withResolvers()
  }

  /** Resolves when something is released, or held back for another reason. */
  get nextChange(): Promise<void> {
    return this.#next.promise
  }

  of(scope: BudgetScope, key: string): Spent {
    const sum: Spent = { nanoUsd: 0, tokens: 0 }
    for (const { nanoUsd, tokens } of this.#within(scope, key)) {
      sum.nanoUsd += nanoUsd
      sum.tokens += tokens
    }
    return sum
  }

  /** The runs that were stopped and are counted. */
  countedRuns(scope: BudgetScope, key: string): string[] {
    const runs = this.#within(scope, key)
      .filter(({ call }) => this.#counted.has(call.id))
      .map(({ call }) => call.runId)
    return [...new Set(runs)].filter((id) => id !== null)
  }

  /** Days and months do not ask when: what began before midnight may be booked after it. */
  #within(scope: BudgetScope, key: string): Reservation[] {
    return [...this.#held.values()].filter(({ call }) => {
      if (scope === 'run') return call.runId === key
      return scope !== 'conversation' || call.conversationId === key
    })
  }
}
