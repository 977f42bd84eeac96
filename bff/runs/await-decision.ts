// What a run does when its next request fits no budget: it says so in its log, stands still without
// holding anything but its place, and goes on or ends as the person decides.
import { v7 as uuid } from 'uuid'
import type { Run } from '#shared/api.ts'
import type { Allowance, BudgetShortage } from '#shared/budgets.ts'
import type { DecideRun } from '#shared/decide.ts'
import type { Message } from '#shared/message.ts'
import { lastNotice } from '#shared/message-text.ts'
import type { RunEvent } from '#shared/run-event.ts'
import { Problem } from '../http/problem.ts'
import type { RunParts } from './run-parts.ts'

/** An undecided wait. */
export interface OpenWait {
  waitId: string
  shortage: BudgetShortage
}

type StillParts = Pick<RunParts, 'active' | 'log' | 'budgetGuard' | 'waits'>

/** True: something was allowed, so look again. */
export async function awaitDecision(
  parts: StillParts,
  run: Run,
  shortage: BudgetShortage,
  emit: (event: RunEvent) => Promise<void>,
  stop: AbortSignal,
): Promise<boolean> {
  const waitId = uuid()
  // Two requests of one run may be short at once: one question is enough.
  const joins = parts.waits.has(run.id)
  if (!joins) {
    const written = emit({
      type: 'waiting',
      at: new Date().toISOString(),
      kind: 'budget',
      waitId,
      ...shortage,
    })
    const decision = decided(parts, run, { waitId, shortage }, stop)
    await written
    return decision
  }
  return decided(parts, run, { waitId, shortage }, stop)
}

/** Also for a wait of an earlier process. */
export async function decided(
  { active, budgetGuard, waits }: StillParts,
  run: Run,
  { waitId, shortage }: OpenWait,
  stop: AbortSignal,
): Promise<boolean> {
  const decision = await waits.decision(run.id, waitId, stop)
  if (decision === null) return false
  if (decision.decision !== 'continue') {
    active.stop(run.id)
    return false
  }
  await budgetGuard.allow(run.id, allowanceOf(decision, shortage))
  return true
}

/** Taken once, and only by a run that waits for it. */
export async function decideRun(
  { log, waits }: StillParts,
  run: Run,
  decision: DecideRun,
): Promise<void> {
  const asked = waitIn(log.folded(run.id)?.message ?? null)
  if (run.status !== 'running' || asked === null) throw new Problem('already_decided')
  const at = new Date().toISOString()
  const { waitId, decision: word } = decision
  const goesOn =
    decision.decision === 'continue' ? { allowance: allowanceOf(decision, asked.shortage) } : {}
  await waits.decide(run.id, decision, () =>
    log.append(run.id, { type: 'decision', at, waitId, decision: word, ...goesOn }),
  )
}

function allowanceOf(
  decision: Extract<DecideRun, { decision: 'continue' }>,
  { offerNanoUsd, offerTokens }: BudgetShortage,
): Allowance {
  return {
    nanoUsd: decision.limitNanoUsd ?? offerNanoUsd,
    tokens: decision.limitTokens ?? offerTokens,
  }
}

/** The newest wait, when it is undecided. */
export function waitIn(message: Message | null): OpenWait | null {
  const wait = message && lastNotice(message.parts, 'waiting')
  if (!wait || wait.shortage === undefined) return null
  return wait.decision === undefined ? { waitId: wait.waitId, shortage: wait.shortage } : null
}
