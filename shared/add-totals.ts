// Adds totals. Separate from their schema so that the first page loads no zod.
import { worstCertainty } from './money.ts'
import type { Totals } from './totals.ts'

export const NO_CALLS: Totals = {
  calls: 0,
  inputTokens: 0,
  cachedInputTokens: 0,
  cacheWriteTokens: 0,
  outputTokens: 0,
  reasoningTokens: 0,
  costNanoUsd: 0,
  certainty: 'reported',
  unpricedCalls: 0,
}

/** Adds two sums, with the worse certainty. A demo sum beside a billed one is ignored. */
export function addTotals(a: Totals, b: Totals): Totals {
  if (a.demo !== b.demo && a.calls > 0 && b.calls > 0) return a.demo ? b : a
  const demo = a.demo ?? b.demo
  const calls = a.calls + b.calls
  const unpricedCalls = a.unpricedCalls + b.unpricedCalls
  return {
    calls,
    inputTokens: a.inputTokens + b.inputTokens,
    cachedInputTokens: a.cachedInputTokens + b.cachedInputTokens,
    cacheWriteTokens: a.cacheWriteTokens + b.cacheWriteTokens,
    outputTokens: a.outputTokens + b.outputTokens,
    reasoningTokens: a.reasoningTokens + b.reasoningTokens,
    costNanoUsd:
      calls > 0 && unpricedCalls === calls ? null : (a.costNanoUsd ?? 0) + (b.costNanoUsd ?? 0),
    certainty: worstCertainty(a.certainty, b.certainty),
    unpricedCalls,
    ...(demo && { demo }),
  }
}

/** Adds the running call to a total. Null if both are null. */
export function withPending(totals: Totals | null, pending: Totals | null): Totals | null {
  return pending === null ? totals : addTotals(totals ?? NO_CALLS, pending)
}

/** Drops the demo's figure, which is only shown in receipts and in the demo's own usage. */
export function withoutDemoFigure(totals: Totals): Totals {
  return totals.demo ? { ...totals, costNanoUsd: null, certainty: 'unknown' } : totals
}
