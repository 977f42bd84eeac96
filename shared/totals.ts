// Sums of model calls.
import * as z from 'zod/mini'
import { Certainty, NanoUsd } from './money-schema.ts'

export const Totals = z.object({
  calls: z.int(),
  inputTokens: z.int(),
  cachedInputTokens: z.int(),
  cacheWriteTokens: z.int(),
  outputTokens: z.int(),
  reasoningTokens: z.int(),
  /** Null if no call has a price. */
  costNanoUsd: z.nullable(NanoUsd),
  /** The worst certainty of all calls. */
  certainty: Certainty,
  unpricedCalls: z.int(),
  /**
   * True for a sum of demo calls, which are not billed: `demo` is shown instead of the amount. A sum never
   * mixes demo calls and billed calls; demo calls count only if there are no others.
   */
  demo: z.optional(z.literal(true)),
})
export type Totals = z.infer<typeof Totals>
