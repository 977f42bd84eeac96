// Warns once per process when a budget is used to 50, 80 and 100 percent.
import type { BudgetWarning } from '#shared/budgets.ts'
import type { Spent } from './budget-store.ts'
import type { HeldBudget } from './budgets-in-force.ts'
import { type Usage, budgetUse } from './headroom.ts'

const STEPS = [100, 80, 50] as const
type Percent = 0 | (typeof STEPS)[number]

const MAX_REMEMBERED = 1000

export class BudgetWarnings {
  /** The level reached per budget and limits, oldest first. */
  readonly #reached = new Map<string, Percent>()

  /** Before a request: a level that is already reached needs no warning. */
  see(usage: Usage): void {
    const key = keyOf(usage.budget)
    if (!this.#reached.has(key)) this.#remember(key, percentOf(usage))
  }

  /** After a request: returns the warning for a newly reached level, or null. */
  after(usage: Usage): BudgetWarning | null {
    const key = keyOf(usage.budget)
    const percent = percentOf(usage)
    if (percent === 0 || percent <= (this.#reached.get(key) ?? 0)) return null
    this.#remember(key, percent)
    return { ...budgetUse(usage), percent }
  }

  #remember(key: string, percent: Percent): void {
    this.#reached.set(key, percent)
    const [oldest] = this.#reached.keys()
    if (this.#reached.size > MAX_REMEMBERED && oldest !== undefined) this.#reached.delete(oldest)
  }
}

function keyOf({ scope, key, limitNanoUsd, limitTokens }: HeldBudget): string {
  return JSON.stringify([scope, key, limitNanoUsd, limitTokens])
}

function percentOf({ budget, spent }: Usage): Percent {
  const share = Math.max(
    shareOf(spent.nanoUsd, budget.limitNanoUsd),
    shareOf(spent.tokens, budget.limitTokens),
  )
  return STEPS.find((step) => share * 100 >= step) ?? 0
}

function shareOf(spent: Spent[keyof Spent], limit: number | null): number {
  if (limit === null || spent === 0) return 0
  return limit === 0 ? 1 : spent / limit
}
