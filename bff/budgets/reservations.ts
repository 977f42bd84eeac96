// Reservations for running requests. Held in memory, because only this process spends.
import type { BudgetScope } from '#shared/budgets.ts'
import type { CallStart } from '../upstream/types.ts'
import type { Spent } from './budget-store.ts'
import type { TextSnapshot } from './estimate-input.ts'

export interface Reservation extends Spent {
  call: CallStart
  /** Where its conversation was. Null: in no folder with a budget. */
  folderId: string | null
  snapshot: TextSnapshot
}

export class Reservations {
  readonly #held = new Map<string, Reservation>()
  /** Calls whose answer was stopped. */
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

  /** Marks a call as stopped: its stream is only read on for the usage. */
  countOn(callId: string): void {
    if (!this.#held.has(callId)) return
    this.#counted.add(callId)
    this.#changed()
  }

  #changed(): void {
    this.#next.resolve()
    this.#next = Promise.withResolvers()
  }

  /** Resolves when a reservation is released or changes its reason. */
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

  /** Returns the runs that were stopped and are still being counted. */
  countedRuns(scope: BudgetScope, key: string): string[] {
    const runs = this.#within(scope, key)
      .filter(({ call }) => this.#counted.has(call.id))
      .map(({ call }) => call.runId)
    return [...new Set(runs)].filter((id) => id !== null)
  }

  /** Days and months include every reservation: a call from before midnight may be stored after it. */
  #within(scope: BudgetScope, key: string): Reservation[] {
    return [...this.#held.values()].filter(({ call, folderId }) => {
      if (scope === 'run') return call.runId === key
      if (scope === 'folder') return folderId === key
      return scope !== 'conversation' || call.conversationId === key
    })
  }
}
