// What a run does if its next request fits no budget: it writes the wait to its log, pauses without holding any
// resources, and continues or ends as the user decides.
import { v7 as uuid } from 'uuid'
import type { Run } from '#shared/api.ts'
import type { Allowance, BudgetShortage } from '#shared/budgets.ts'
import type { DecideRun } from '#shared/decide.ts'
import type { Message } from '#shared/message.ts'
import { lastNotice } from '#shared/message-text.ts'
import type { RunEvent } from '#shared/run-event.ts'
import type { Decided } from '../upstream/ask-person.ts'
import type { RunParts } from './run-parts.ts'

type BudgetParts = Pick<RunParts, 'active' | 'log' | 'budgetGuard' | 'waits'>

/** Returns true if something was allowed, so that the budgets have to be asked again. */
export async function awaitBudget(
  parts: BudgetParts,
  run: Run,
  shortage: BudgetShortage,
  emit: (event: RunEvent) => Promise<void>,
  stop: AbortSignal,
): Promise<boolean> {
  const { waits, log } = parts
  // Two requests of one run may be short at once, and one of an earlier process: one question is enough.
  const open = waits.budgetWaitOf(run.id) ?? openBudgetWait(log.folded(run.id)?.message ?? null)
  const waitId = open ?? uuid()
  const decision = waits.decision({ runId: run.id, waitId, isBudget: true }, stop)
  if (open === null) {
    const at = new Date().toISOString()
    await emit({ type: 'waiting', at, kind: 'budget', waitId, ...shortage })
  }
  return goesOn(parts, run, await decision)
}

/** Applies what the user has allowed, or stops the run. */
export async function goesOn(
  { active, budgetGuard }: BudgetParts,
  run: Run,
  decided: Decided | null,
): Promise<boolean> {
  if (decided === null) return false
  if (decided.allowance === undefined) {
    active.stop(run.id)
    return false
  }
  await budgetGuard.allow(run.id, decided.allowance)
  return true
}

export function allowanceOf(
  { limitNanoUsd, limitTokens }: Extract<DecideRun, { decision: 'continue' }>,
  { offerNanoUsd, offerTokens }: BudgetShortage,
): Allowance {
  return { nanoUsd: limitNanoUsd ?? offerNanoUsd, tokens: limitTokens ?? offerTokens }
}

/** The id of the newest wait for a budget, when it is undecided. */
function openBudgetWait(message: Message | null): string | null {
  const wait = message && lastNotice(message.parts, 'waiting')
  return wait && wait.decision === undefined ? wait.waitId : null
}
