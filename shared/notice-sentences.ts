// The sentences of notices: what a message says about retries, progress, handoffs, budgets, waits and endings.
import type {
  BudgetHeld,
  BudgetScope,
  BudgetShortage,
  BudgetUse,
  BudgetWarning,
} from './budget-use.ts'
import type { Allowance } from './budgets.ts'
import type { NoticeOf } from './message.ts'
import { formatUsd } from './money.ts'
import type { EventOf, Progress, StopReason } from './run-event.ts'

/** Why a run was stopped that the user did not stop himself. A guardrail has a notice of its own. */
export const STOP_SENTENCES = {
  conversation_deleted: 'This answer stopped when its conversation was deleted.',
  wait_expired: 'This answer stopped because nobody decided in time.',
  moved_on: 'This answer stopped when you sent another message.',
} as const satisfies Partial<Record<StopReason, string>>

/** Example: "refunds took over" */
export function handoffSentence({ name, by, rule }: EventOf<'agent'>): string {
  if (by !== 'router') return `${name} took over`
  return rule === undefined ? `${name} took over by rule` : `${name} took over by rule: ${rule}`
}

/** Example: "Blocked by message length: Send at most 20,000 characters." */
export function guardrailSentence({ name, reason }: EventOf<'guardrail'>): string {
  return reason === undefined ? `Blocked by ${name}` : `Blocked by ${name}: ${reason}`
}

/** Example: "Older messages are not sent: 12 messages, 4,100 tokens." */
export function contextSentence({
  kind,
  messages,
  tokens,
  results = 0,
}: Omit<EventOf<'context'>, 'type' | 'at'>): string {
  const many = (count: number, one: string) =>
    count === 0 ? [] : [`${count.toLocaleString('en-US')} ${one}${count === 1 ? '' : 's'}`]
  const what = [...many(messages, 'message'), ...many(results, 'shortened tool result')]
  const saved = [...what, `about ${formatTokenCount(tokens)}`].join(', ')
  if (kind === 'summary') return `Older messages are sent as a summary: ${saved} less.`
  return `${messages > 0 ? 'Older messages are not sent' : 'Old tool results are shortened'}: ${saved}.`
}

export function progressSentence(progress: Progress): string {
  if (progress.stage === 'loading') {
    return 'The server is loading its model. It is asked again as soon as that is done.'
  }
  const { processed, total } = progress
  const percent = total > 0 ? Math.floor((100 * processed) / total) : 0
  const [read, all] = [processed, total].map((tokens) => tokens.toLocaleString('en-US'))
  return `Reading the prompt: ${read} of ${all} tokens (${percent}\u00A0%).`
}

export function decisionSentence({ decision, allowance }: EventOf<'decision'>): string {
  if (decision === 'stop') return 'Stopped here.'
  if (decision !== 'continue') return decision
  const words = allowance === undefined ? null : formatAllowance(allowance)
  return words === null ? 'Continued.' : `Continued, for ${words}.`
}

/** Example: "Trying again in 5 s, attempt 2." Without `seconds` the attempt has begun. */
export function retrySentence(attempt: number, seconds?: number): string {
  if (seconds === undefined) return `Tried again, attempt ${attempt}.`
  return `Trying again ${seconds > 0 ? `in ${seconds} s` : 'now'}, attempt ${attempt}.`
}

export function failureSentence(error: NoticeOf<'error'> | null): string {
  if (error === null) return 'This answer failed.'
  return error.attempt === undefined ? error.text : `${error.text} Tried ${error.attempt} times.`
}

/** Also where it was stopped meanwhile. */
export function waitedSentence(heldFor: string[]): string {
  const what = heldFor.length === 0 ? 'requests under way' : 'a stopped answer to be counted'
  return `Waited for ${what}: what was left of a budget was held back.`
}

const SCOPE_LABELS: Record<BudgetScope, string> = {
  run: 'this answer’s',
  conversation: 'this conversation’s',
  folder: 'this folder’s',
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
    : `could use up to ${formatTokenCount(roundUp(neededTokens))}`
  const left = money
    ? formatUsd(roundDown(Math.max(0, (shortage.limitNanoUsd ?? 0) - (spentNanoUsd ?? 0))))
    : formatTokenCount(Math.max(0, (shortage.limitTokens ?? 0) - (spentTokens ?? 0)))
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
    ...(tokens === null ? [] : [formatTokenCount(tokens)]),
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
  const limit = money === null ? formatTokenCount(limitTokens ?? 0) : formatUsd(money)
  return `${SCOPE_LABELS[scope]} ${limit}`
}

export function formatTokenCount(tokens: number): string {
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
