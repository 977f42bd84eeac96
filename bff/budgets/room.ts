// How much output a request may have under one set of limits, and which limit is the tightest.
import type { Allowance, BudgetUse } from '#shared/budgets.ts'
import type { Spent } from './budget-store.ts'
import type { HeldBudget } from './held-budgets.ts'
import { outputWithin, type Tariff } from './tariff.ts'

export interface Usage {
  budget: HeldBudget
  spent: Spent
  /** Held back for requests under way. */
  reserved: Spent
}

export interface Request {
  inputTokens: number
  /** Null: nobody knows the price, and limits in money cannot hold it. */
  tariff: Tariff | null
}

export interface Room {
  outputTokens: number
  unit: 'money' | 'tokens' | null
  usage: Usage | null
}

const UNLIMITED: Room = { outputTokens: Infinity, unit: null, usage: null }

/** The tightest of all. Where limits in money are all there is, an unknown price has no room. */
export function roomWithin(usages: Usage[], request: Request): Room {
  const [first] = usages
  const isHeld = request.tariff !== null || usages.some(({ budget }) => budget.limitTokens !== null)
  if (!isHeld && first !== undefined) return { outputTokens: -1, unit: null, usage: first }
  return usages
    .flatMap((usage) => roomsOf(usage, request))
    .reduce((tight, room) => (room.outputTokens < tight.outputTokens ? room : tight), UNLIMITED)
}

function roomsOf(usage: Usage, { inputTokens, tariff }: Request): Room[] {
  const { budget, spent, reserved } = usage
  const { limitNanoUsd, limitTokens } = budget
  const rooms: Room[] = []
  if (limitTokens !== null) {
    const left = limitTokens - spent.tokens - reserved.tokens
    rooms.push({ outputTokens: left - inputTokens, unit: 'tokens', usage })
  }
  if (limitNanoUsd !== null && tariff !== null) {
    const left = limitNanoUsd - spent.nanoUsd - reserved.nanoUsd
    rooms.push({ outputTokens: outputWithin(tariff, inputTokens, left), unit: 'money', usage })
  }
  return rooms
}

/** What the person allowed a run beyond its budgets, less what it has spent since. */
export function roomOfAllowance(allowance: Allowance, used: Spent, request: Request): number {
  const { inputTokens, tariff } = request
  const byTokens =
    allowance.tokens === null ? Infinity : allowance.tokens - used.tokens - inputTokens
  const byMoney =
    allowance.nanoUsd === null || tariff === null
      ? Infinity
      : outputWithin(tariff, inputTokens, allowance.nanoUsd - used.nanoUsd)
  return Math.min(byTokens, byMoney)
}

export function budgetUse({ budget, spent }: Usage): BudgetUse {
  const { scope, limitNanoUsd, limitTokens } = budget
  return {
    scope,
    limitNanoUsd,
    limitTokens,
    spentNanoUsd: limitNanoUsd === null ? null : spent.nanoUsd,
    spentTokens: limitTokens === null ? null : spent.tokens,
  }
}
