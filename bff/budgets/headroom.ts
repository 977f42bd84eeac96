// How much output the limits allow a request, and which limit is the tightest.
import type { Allowance, BudgetUse } from '#shared/budgets.ts'
import type { Spent } from './budget-store.ts'
import type { HeldBudget } from './budgets-in-force.ts'
import { outputWithin, type WorstCaseRates } from './worst-case-rates.ts'

export interface Usage {
  budget: HeldBudget
  spent: Spent
  /** Reserved for running requests. */
  reserved: Spent
}

export interface Request {
  inputTokens: number
  /** Null if the price is unknown: then money limits do not apply. */
  worstCaseRates: WorstCaseRates | null
}

export interface Headroom {
  outputTokens: number
  unit: 'money' | 'tokens' | null
  usage: Usage | null
}

const UNLIMITED: Headroom = { outputTokens: Infinity, unit: null, usage: null }

/** Returns the tightest headroom. None if all limits are in money and the price is unknown. */
export function headroomWithin(usages: Usage[], request: Request): Headroom {
  const [first] = usages
  const isHeld =
    request.worstCaseRates !== null || usages.some(({ budget }) => budget.limitTokens !== null)
  if (!isHeld && first !== undefined) return { outputTokens: -1, unit: null, usage: first }
  return usages
    .flatMap((usage) => headroomsOf(usage, request))
    .reduce(
      (tight, headroom) => (headroom.outputTokens < tight.outputTokens ? headroom : tight),
      UNLIMITED,
    )
}

function headroomsOf(usage: Usage, { inputTokens, worstCaseRates }: Request): Headroom[] {
  const { budget, spent, reserved } = usage
  const { limitNanoUsd, limitTokens } = budget
  const headrooms: Headroom[] = []
  if (limitTokens !== null) {
    const left = limitTokens - spent.tokens - reserved.tokens
    headrooms.push({ outputTokens: left - inputTokens, unit: 'tokens', usage })
  }
  if (limitNanoUsd !== null && worstCaseRates !== null) {
    const left = limitNanoUsd - spent.nanoUsd - reserved.nanoUsd
    headrooms.push({
      outputTokens: outputWithin(worstCaseRates, inputTokens, left),
      unit: 'money',
      usage,
    })
  }
  return headrooms
}

/** Returns the output tokens left of what the user allowed a run beyond its budgets. */
export function headroomOfAllowance(allowance: Allowance, used: Spent, request: Request): number {
  const { inputTokens, worstCaseRates } = request
  const byTokens =
    allowance.tokens === null ? Infinity : allowance.tokens - used.tokens - inputTokens
  const byMoney =
    allowance.nanoUsd === null || worstCaseRates === null
      ? Infinity
      : outputWithin(worstCaseRates, inputTokens, allowance.nanoUsd - used.nanoUsd)
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
