// Budgets limit what a run, a conversation, a UTC day or a UTC month may spend, in money, tokens or
// both. Also the waits for a decision, and the sentences about budgets.
import * as z from 'zod/mini'
import {
  type BudgetHeld,
  BudgetScope,
  type BudgetShortage,
  type BudgetUse,
  type BudgetWarning,
} from './budget-use.ts'
import { formatUsd } from './money.ts'
import { Certainty, NanoUsd } from './money-schema.ts'

// In a separate file, because messages contain them.
export type { BudgetHeld } from './budget-use.ts'
export { BudgetScope, BudgetShortage, BudgetUse, BudgetWarning } from './budget-use.ts'

const Tokens = z.int().check(z.nonnegative())

/** Null sets no limit. Tokens are input plus output, including cached input. */
export const BudgetLimit = z.object({
  limitNanoUsd: z.nullable(NanoUsd),
  limitTokens: z.nullable(Tokens),
})
export type BudgetLimit = z.infer<typeof BudgetLimit>

/** Limits from the environment, which cannot be changed in Tally. */
export type GivenLimits = { [Scope in BudgetScope]?: BudgetLimit }

export const Budget = z.extend(BudgetLimit, {
  scope: BudgetScope,
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

export const Decision = z.enum(['continue', 'stop'])
export type Decision = z.infer<typeof Decision>

/** The user's decision about a waiting run. Without limits, the offered ones apply. */
export const DecideRun = z.object({
  waitId: z.string(),
  decision: Decision,
  limitNanoUsd: z.optional(NanoUsd.check(z.positive())),
  limitTokens: z.optional(Tokens.check(z.positive())),
})
export type DecideRun = z.infer<typeof DecideRun>

const SCOPE_LABELS: Record<BudgetScope, string> = {
  run: 'this answer’s',
  conversation: 'this conversation’s',
  day: 'today’s',
  month: 'this month’s',
}

/** Example: "This answer could cost up to $0.08, and $0.02 of today’s $1.00 is left." */
export function shortageSentence(shortage: BudgetShortage): string {
  const { reason, model, neededNanoUsd, neededTokens, spentNanoUsd, spentTokens } = shortage
  const money = reason === 'money'
  const limit = formatLimit(shortage, money || reason === 'unpriced')
  if (reason === 'unpriced') {
    return `Nobody has named a price for ${model}, so ${limit} cannot hold this answer.`
  }
  const needed = money
    ? formatCeiling(neededNanoUsd ?? 0)
    : `could use up to ${formatToken(roundUp(neededTokens))}`
  const left = money
    ? formatUsd(roundDown(Math.max(0, (shortage.limitNanoUsd ?? 0) - (spentNanoUsd ?? 0))))
    : formatToken(Math.max(0, (shortage.limitTokens ?? 0) - (spentTokens ?? 0)))
  return `This answer ${needed}, and ${left} of ${limit} is left.`
}

/** Example: "Continue for up to $0.10?" */
export function offerQuestion({ offerNanoUsd, offerTokens }: BudgetShortage): string {
  const offer = formatAllowance({ nanoUsd: offerNanoUsd, tokens: offerTokens })
  return offer === null ? 'Continue without a limit for this answer?' : `Continue for ${offer}?`
}

/** Example: "up to $0.10". Null if nothing is limited. */
export function formatAllowance({ nanoUsd, tokens }: Allowance): string | null {
  const parts = [
    ...(nanoUsd === null ? [] : [formatUsd(nanoUsd)]),
    ...(tokens === null ? [] : [formatToken(tokens)]),
  ]
  return parts.length === 0 ? null : `up to ${parts.join(' and ')}`
}

/** Example: "could cost up to $0.08". The wording for every worst-case cost. */
export function formatCeiling(nanoUsd: number): string {
  return `could cost up to ${formatUsd(roundUp(nanoUsd))}`
}

/** Example: "80 % of today’s $1.00 is spent." */
export function warningSentence(warning: BudgetWarning): string {
  const money = shareOf(warning.spentNanoUsd, warning.limitNanoUsd)
  const isMoney = money >= shareOf(warning.spentTokens, warning.limitTokens)
  return `${spentPercent(warning)} % of ${formatLimit(warning, isMoney)} is spent.`
}

/** Returns the percentage spent now, which can exceed the level that was reached. */
export function spentPercent(warning: BudgetWarning): number {
  const { spentNanoUsd, limitNanoUsd, spentTokens, limitTokens } = warning
  const share = Math.max(shareOf(spentNanoUsd, limitNanoUsd), shareOf(spentTokens, limitTokens))
  return Math.max(warning.percent, Math.floor(share * 100))
}

/** A limit of zero has no percentage, so the level that was reached is shown. */
function shareOf(spent: number | null, limit: number | null): number {
  return limit === null || limit === 0 ? 0 : (spent ?? 0) / limit
}

/** Example: "What is left of today’s $1.00 is held back until a stopped answer is counted." */
export function heldSentence(held: BudgetHeld): string {
  const until =
    held.heldFor.length === 0 ? 'for requests under way' : 'until a stopped answer is counted'
  return `What is left of ${formatLimit(held, true)} is held back ${until}.`
}

/** Formats the limit in the given unit, or in the other one if it has none. */
function formatLimit({ scope, limitNanoUsd, limitTokens }: BudgetUse, isMoney: boolean): string {
  const money = isMoney || limitTokens === null ? limitNanoUsd : null
  const limit = money === null ? formatToken(limitTokens ?? 0) : formatUsd(money)
  return `${SCOPE_LABELS[scope]} ${limit}`
}

export function formatToken(tokens: number): string {
  return `${tokens.toLocaleString('en-US')} tokens`
}

/** Rounds up to two digits, so that an estimate does not look exact. */
function roundUp(value: number): number {
  const unit = unitOf(value)
  return Math.ceil(value / unit) * unit
}

function roundDown(value: number): number {
  const unit = unitOf(value)
  return Math.floor(value / unit) * unit
}

function unitOf(value: number): number {
  return value < 100 ? 1 : 10 ** (Math.floor(Math.log10(value)) - 1)
}
