// Budgets limit what a run, a conversation, a UTC day or a UTC month may spend, in money, tokens or
// both.
import * as z from 'zod/mini'
import { Certainty, NanoUsd } from './money-schema.ts'

// In a separate file, because messages contain them.
export type { BudgetHeld } from './budget-use.ts'
export { BudgetScope, BudgetShortage, BudgetUse, BudgetWarning } from './budget-use.ts'

/** The scopes whose limit is set under Settings. A folder has its own. */
export const GeneralScope = z.enum(['run', 'conversation', 'day', 'month'])
export type GeneralScope = z.infer<typeof GeneralScope>

const Tokens = z.int().check(z.nonnegative())

/** Null sets no limit. Tokens are input plus output, including cached input. */
export const BudgetLimit = z.object({
  limitNanoUsd: z.nullable(NanoUsd),
  limitTokens: z.nullable(Tokens),
})
export type BudgetLimit = z.infer<typeof BudgetLimit>

/** Limits from the environment, which cannot be changed in Tally. */
export type GivenLimits = { [Scope in GeneralScope]?: BudgetLimit }

export const Budget = z.extend(BudgetLimit, {
  scope: GeneralScope,
  /** A limit from the environment cannot be changed in Tally. */
  source: z.enum(['environment', 'settings']),
  /** Spent today or this month. Null for a run and a conversation, which have a budget each. */
  spentNanoUsd: z.nullable(NanoUsd),
  /** The worst certainty of the spent amount. */
  spentCertainty: z.nullable(Certainty),
  /** Calls without a price, which are missing from the amount. */
  spentUnpricedCalls: z.nullable(z.int()),
  spentTokens: z.nullable(Tokens),
  /** When the current day or month ends. */
  resetsAt: z.nullable(z.iso.datetime()),
})
export type Budget = z.infer<typeof Budget>

export const BudgetList = z.object({ items: z.array(Budget), nextCursor: z.null() })
export type BudgetList = z.infer<typeof BudgetList>

/** Sets the limits of the given scopes. The others stay. */
export const UpdateBudgets = z.object({
  run: z.optional(BudgetLimit),
  conversation: z.optional(BudgetLimit),
  day: z.optional(BudgetLimit),
  month: z.optional(BudgetLimit),
})
export type UpdateBudgets = z.infer<typeof UpdateBudgets>

/** How much more one run may spend, whatever the budgets say. Null means no limit in that unit. */
export const Allowance = z.object({
  nanoUsd: z.nullable(NanoUsd),
  tokens: z.nullable(Tokens),
})
export type Allowance = z.infer<typeof Allowance>
