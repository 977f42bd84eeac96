// Which budgets limit a request. A conversation's own limit replaces the general one, but cannot
// exceed a limit from the environment.
import type { BudgetLimit, BudgetScope, GivenLimits } from '#shared/budgets.ts'
import type { CallStart } from '../upstream/types.ts'
import type { Database } from '../db/open.ts'
import { type Limits, NO_OWN_LIMITS, ownLimits, readLimits } from './budget-store.ts'

export interface HeldBudget extends BudgetLimit {
  scope: BudgetScope
  /** The id of the run, conversation or folder, or the UTC day or month. */
  key: string
}

export type SpendingScope = Pick<CallStart, 'runId' | 'conversationId'>

export async function heldBudgets(
  db: Database,
  given: GivenLimits,
  { runId, conversationId }: SpendingScope,
  now: Date,
): Promise<HeldBudget[]> {
  const limits: Limits = { ...(await readLimits(db)), ...given }
  const own = conversationId === null ? NO_OWN_LIMITS : await ownLimits(db, conversationId)
  const { folderId, folder } = own
  const conversation = ownLimit(
    own.conversation,
    limits.conversation,
    given.conversation !== undefined,
  )
  const budgets: HeldBudget[] = [
    ...(runId === null ? [] : [{ scope: 'run' as const, key: runId, ...limits.run }]),
    ...(conversationId === null
      ? []
      : [{ scope: 'conversation' as const, key: conversationId, ...conversation }]),
    ...(folderId === null ? [] : [{ scope: 'folder' as const, key: folderId, ...folder }]),
    { scope: 'day', key: dayOf(now), ...limits.day },
    { scope: 'month', key: monthOf(now), ...limits.month },
  ]
  return budgets.filter(
    ({ limitNanoUsd, limitTokens }) => limitNanoUsd !== null || limitTokens !== null,
  )
}

function ownLimit(own: BudgetLimit, general: BudgetLimit, fixed: boolean): BudgetLimit {
  const pick = (mine: number | null, all: number | null): number | null =>
    fixed && mine !== null && all !== null ? Math.min(mine, all) : (mine ?? all)
  return {
    limitNanoUsd: pick(own.limitNanoUsd, general.limitNanoUsd),
    limitTokens: pick(own.limitTokens, general.limitTokens),
  }
}

export function dayOf(now: Date): string {
  return now.toISOString().slice(0, 10)
}

export function monthOf(now: Date): string {
  return now.toISOString().slice(0, 7)
}
