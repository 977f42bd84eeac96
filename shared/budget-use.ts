// The parts of a message about budgets: how much of one is used, and what a run needs.
import * as z from 'zod/mini'
import { NanoUsd } from './money-schema.ts'

export const BudgetScope = z.enum(['run', 'conversation', 'folder', 'day', 'month'])
export type BudgetScope = z.infer<typeof BudgetScope>

const Tokens = z.int().check(z.nonnegative())

/** How much of a budget is used. */
export const BudgetUse = z.object({
  scope: BudgetScope,
  spentNanoUsd: z.nullable(NanoUsd),
  limitNanoUsd: z.nullable(NanoUsd),
  spentTokens: z.nullable(Tokens),
  limitTokens: z.nullable(Tokens),
})
export type BudgetUse = z.infer<typeof BudgetUse>

/** The rest of a budget is reserved for other requests, and a run waits for them. */
export interface BudgetHeld extends BudgetUse {
  /** The stopped runs among them that are still being counted. */
  heldFor: string[]
}

export const BudgetWarning = z.extend(BudgetUse, {
  percent: z.union([z.literal(50), z.literal(80), z.literal(100)]),
})
export type BudgetWarning = z.infer<typeof BudgetWarning>

/** The need of a request that does not fit, and the amount that the user is asked to allow. */
export const BudgetShortage = z.extend(BudgetUse, {
  /** `unpriced`: the model has no price, so a limit in money cannot be enforced. */
  reason: z.enum(['money', 'tokens', 'unpriced']),
  model: z.string(),
  neededNanoUsd: z.nullable(NanoUsd),
  neededTokens: Tokens,
  /** Null if the offer has no limit in this unit. */
  offerNanoUsd: z.nullable(NanoUsd),
  offerTokens: z.nullable(Tokens),
})
export type BudgetShortage = z.infer<typeof BudgetShortage>
