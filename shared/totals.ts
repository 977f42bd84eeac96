// The sums of model calls.
import * as z from 'zod/mini'
import { Certainty, NanoUsd } from './money-schema.ts'

export { addTotals, NO_CALLS, withoutDemoFigure } from './add-totals.ts'

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
