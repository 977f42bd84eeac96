// How far a budget of a day or a month is used up, and when it will be.
import type { Budget } from '#shared/budgets.ts'
import { language, t } from '#shared/translate.ts'

const MIN_ELAPSED = 0.05

/** Returns the larger of the shares of money and tokens; null without a limit or a sum. */
export function usedShare(budget: Budget): number | null {
  const shares = [
    shareOf(budget.spentNanoUsd, budget.limitNanoUsd),
    shareOf(budget.spentTokens, budget.limitTokens),
  ].filter((share) => share !== null)
  return shares.length === 0 ? null : Math.max(...shares)
}

/**
 * Says when the budget of a month will be used up at the pace so far. Null if it lasts, if it is used up
 * already, or if too little of the month has passed to tell.
 */
export function formatPace(budget: Budget, now: number): string | null {
  const share = usedShare(budget)
  if (budget.scope !== 'month' || budget.resetsAt === null || share === null) return null
  if (share >= 1) return t`It is used up.`
  const end = new Date(budget.resetsAt)
  const start = Date.UTC(end.getUTCFullYear(), end.getUTCMonth() - 1, 1)
  const elapsed = (now - start) / (end.getTime() - start)
  if (elapsed < MIN_ELAPSED || elapsed >= share) return null
  const usedUp = new Date(start + (now - start) / share)
  return t`At this pace it is used up on ${ofDay.format(usedUp)}.`
}

const ofDay = new Intl.DateTimeFormat(language(), {
  day: 'numeric',
  month: 'long',
  timeZone: 'UTC',
})

function shareOf(spent: number | null, limit: number | null): number | null {
  if (spent === null || limit === null) return null
  return limit === 0 ? Number(spent > 0) : spent / limit
}
