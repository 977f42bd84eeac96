// The sums of model calls.
import * as z from 'zod/mini'
import { worstCertainty } from './money.ts'
import { Certainty, NanoUsd } from './money-schema.ts'

export const Totals = z.object({
  calls: z.int(),
  inputTokens: z.int(),
  cachedInputTokens: z.int(),
  cacheWriteTokens: z.int(),
  outputTokens: z.int(),
  reasoningTokens: z.int(),
  /** Null when no call inside has a price. */
  costNanoUsd: z.nullable(NanoUsd),
  /** The worst inside. */
  certainty: Certainty,
  unpricedCalls: z.int(),
  /**
   * The demo answered, and nobody is billed: `demo` is shown in place of the amount. A sum never mixes
   * the demo's calls with others; they count only where there are no others.
   */
  demo: z.optional(z.literal(true)),
})
export type Totals = z.infer<typeof Totals>

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

/** The demo's own figures stand in receipts and among its own usage only. */
export function withoutDemoFigure(totals: Totals): Totals {
  return totals.demo ? { ...totals, costNanoUsd: null, certainty: 'unknown' } : totals
}
