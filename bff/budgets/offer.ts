// Builds the question to the user when a request does not fit: its need, and a round amount that covers it
// with some margin.
import type { BudgetShortage } from '#shared/budgets.ts'
import { type Request, type Headroom, type Usage, budgetUse } from './headroom.ts'
import { costAtMost } from './worst-case-rates.ts'

const SPARE = 1.25

export function shortageOf(
  { usage, unit }: Headroom,
  usages: Usage[],
  request: Request,
  outputTokens: number,
  model: string,
): BudgetShortage {
  if (usage === null) throw new Error('nothing is short')
  const { inputTokens, worstCaseRates } = request
  const neededTokens = inputTokens + outputTokens
  const neededNanoUsd =
    worstCaseRates === null ? null : costAtMost(worstCaseRates, inputTokens, outputTokens)
  const isHeld = (unit: 'limitNanoUsd' | 'limitTokens') =>
    usages.some(({ budget }) => budget[unit] !== null)
  return {
    ...budgetUse(usage),
    reason: unit ?? 'unpriced',
    model,
    neededNanoUsd,
    neededTokens,
    offerNanoUsd:
      neededNanoUsd !== null && isHeld('limitNanoUsd') ? roundUp(neededNanoUsd * SPARE) : null,
    offerTokens: isHeld('limitTokens') ? roundUp(neededTokens * SPARE) : null,
  }
}

/** Rounds up to one significant digit: 0.083 becomes 0.09. */
function roundUp(value: number): number {
  const unit = 10 ** Math.floor(Math.log10(Math.max(1, value)))
  return Math.ceil(value / unit) * unit
}

/** Resolves when `change` resolves or `stop` aborts. */
export async function changeOrStop(change: Promise<void>, stop: AbortSignal): Promise<void> {
  const { promise: stopped, resolve } = Promise.withResolvers<void>()
  const onStop = () => resolve()
  stop.addEventListener('abort', onStop)
  if (stop.aborted) resolve()
  await Promise.race([change, stopped])
  stop.removeEventListener('abort', onStop)
}
