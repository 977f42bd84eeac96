// What a message says about budgets: how far one is used up, and what a run is short of.
import * as z from 'zod/mini'
import { NanoUsd } from './money-schema.ts'

export const BudgetScope = z.enum(['run', 'conversation', 'day', 'month'])
export type BudgetScope = z.infer<typeof BudgetScope>

const Tokens = z.int().check(z.nonnegative())

/** How far a budget is used up. */
export const BudgetUse = z.object({
  scope: BudgetScope,
  spentNanoUsd: z.nullable(NanoUsd),
  limitNanoUsd: z.nullable(NanoUsd),
  spentTokens: z.nullable(Tokens),
  limitTokens: z.nullable(Tokens),
})
export type BudgetUse = z.infer<typeof BudgetUse>

/** What is left of a budget is held back for requests under way, and a run waits for them. */
export interface BudgetHeld extends BudgetUse {
  /** The runs among them that were stopped and are only counted. */
  heldFor: string[]
}

export const BudgetWarning = z.extend(BudgetUse, {
  percent: z.union([z.literal(50), z.literal(80), z.literal(100)]),
})
export type BudgetWarning = z.infer<typeof BudgetWarning>

/** What a request that does not fit needs, and what the person is asked to allow its run. */
export const BudgetShortage = z.extend(BudgetUse, {
  /** `unpriced`: nobody knows what the model costs, so a limit in money cannot hold it. */
  reason: z.enum(['money', 'tokens', 'unpriced']),
  model: z.string(),
  neededNanoUsd: z.nullable(NanoUsd),
  neededTokens: Tokens,
  /** Null: this run is not held in that unit any more. */
  offerNanoUsd: z.nullable(NanoUsd),
  offerTokens: z.nullable(Tokens),
})
export type BudgetShortage = z.infer<typeof BudgetShortage>
