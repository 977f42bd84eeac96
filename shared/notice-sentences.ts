// The sentences of notices: what a message says about retries, progress, handoffs, budgets, waits and endings.
import type { BudgetHeld, BudgetShortage, BudgetUse, BudgetWarning } from './budget-use.ts'
import type { Allowance } from './budgets.ts'
import type { NoticeOf } from './message.ts'
import { formatUsd } from './money.ts'
import type { EventOf, Progress, StopReason } from './run-event.ts'
import { language, plural, t } from './translate.ts'

/** Why a run was stopped that the user did not stop himself. A guardrail has a notice of its own. */
export function stopSentence(reason: Exclude<StopReason, 'guardrail'>): string {
  switch (reason) {
    case 'conversation_deleted':
      return t`This answer stopped when its conversation was deleted.`
    case 'wait_expired':
      return t`This answer stopped because nobody decided in time.`
    case 'moved_on':
      return t`This answer stopped when you sent another message.`
  }
}

/** Example: "refunds took over" */
export function handoffSentence({ name, by, rule }: EventOf<'agent'>): string {
  if (by !== 'router') return t`${name} took over`
  return rule === undefined ? t`${name} took over by rule` : t`${name} took over by rule: ${rule}`
}

/** Example: "Blocked by message length: Send at most 20,000 characters." */
export function guardrailSentence({ name, reason }: EventOf<'guardrail'>): string {
  return reason === undefined ? t`Blocked by ${name}` : t`Blocked by ${name}: ${reason}`
}

/** Example: "Older messages are not sent: 12 messages, 4,100 tokens." */
export function contextSentence({
  kind,
  messages,
  tokens,
  results = 0,
}: Omit<EventOf<'context'>, 'type' | 'at'>): string {
  const saved = formatTokenCount(tokens)
  const left = messageCount(messages)
  if (kind === 'summary')
    return t`Older messages are sent as a summary: ${left}, about ${saved} less.`
  if (results === 0) return t`Older messages are not sent: ${left}, about ${saved}.`
  const shortened = resultCount(results)
  return messages === 0
    ? t`Old tool results are shortened: ${shortened}, about ${saved}.`
    : t`Older messages are not sent: ${left}, ${shortened}, about ${saved}.`
}

const messageCount = (count: number) =>
  plural(count, { one: t`1 message`, other: t`${count.toLocaleString(language())} messages` })

const resultCount = (count: number) =>
  plural(count, {
    one: t`1 shortened tool result`,
    other: t`${count.toLocaleString(language())} shortened tool results`,
  })

export function progressSentence(progress: Progress): string {
  if (progress.stage === 'loading') {
    return t`The server is loading its model. It is asked again as soon as that is done.`
  }
  const { processed, total } = progress
  const percent = total > 0 ? Math.floor((100 * processed) / total) : 0
  const [read = '', all = ''] = [processed, total].map((tokens) =>
    tokens.toLocaleString(language()),
  )
  return t`Reading the prompt: ${read} of ${all} tokens (${percent}\u00A0%).`
}

export function decisionSentence({ decision, allowance }: EventOf<'decision'>): string {
  if (decision === 'stop') return t`Stopped here.`
  if (decision !== 'continue') return decision
  const { money, count } = amountsOf(allowance)
  if (money !== null && count !== null) return t`Continued, for up to ${money} and ${count}.`
  const limit = money ?? count
  return limit === null ? t`Continued.` : t`Continued, for up to ${limit}.`
}

/** Example: "Trying again in 5 s, attempt 2." Without `seconds` the attempt has begun. */
export function retrySentence(attempt: number, seconds?: number): string {
  if (seconds === undefined) return t`Tried again, attempt ${attempt}.`
  return seconds > 0
    ? t`Trying again in ${seconds} s, attempt ${attempt}.`
    : t`Trying again now, attempt ${attempt}.`
}

export function failureSentence(error: NoticeOf<'error'> | null): string {
  if (error === null) return t`This answer failed.`
  return error.attempt === undefined ? error.text : t`${error.text} Tried ${error.attempt} times.`
}

/** Also where it was stopped meanwhile. */
export function waitedSentence(heldFor: string[]): string {
  return heldFor.length === 0
    ? t`Waited for requests under way: what was left of a budget was held back.`
    : t`Waited for a stopped answer to be counted: what was left of a budget was held back.`
}

/** Example: "This answer could cost up to $0.08, and $0.02 of today’s $1.00 is left." */
export function shortageSentence(shortage: BudgetShortage): string {
  const { reason, model, neededNanoUsd, neededTokens, spentNanoUsd, spentTokens } = shortage
  const money = reason === 'money'
  const limit = formatLimit(shortage, money || reason === 'unpriced')
  if (reason === 'unpriced') {
    return t`Nobody has named a price for ${model}, so ${limit} cannot hold this answer.`
  }
  if (money) {
    const left = formatUsd(
      roundDown(Math.max(0, (shortage.limitNanoUsd ?? 0) - (spentNanoUsd ?? 0))),
    )
    return t`This answer could cost up to ${formatUsd(roundUp(neededNanoUsd ?? 0))}, and ${left} of ${limit} is left.`
  }
  const left = formatTokenCount(Math.max(0, (shortage.limitTokens ?? 0) - (spentTokens ?? 0)))
  return t`This answer could use up to ${formatTokenCount(roundUp(neededTokens))}, and ${left} of ${limit} is left.`
}

/** Example: "Continue for up to $0.10?" */
export function offerQuestion({ offerNanoUsd, offerTokens }: BudgetShortage): string {
  const { money, count } = amountsOf({ nanoUsd: offerNanoUsd, tokens: offerTokens })
  if (money !== null && count !== null) return t`Continue for up to ${money} and ${count}?`
  const limit = money ?? count
  return limit === null
    ? t`Continue without a limit for this answer?`
    : t`Continue for up to ${limit}?`
}

function amountsOf({ nanoUsd, tokens }: Allowance = { nanoUsd: null, tokens: null }) {
  return {
    money: nanoUsd === null ? null : formatUsd(nanoUsd),
    count: tokens === null ? null : formatTokenCount(tokens),
  }
}

/** Example: "could cost up to $0.08" */
export function formatCeiling(nanoUsd: number): string {
  return t`could cost up to ${formatUsd(roundUp(nanoUsd))}`
}

/** Example: "80 % of today’s $1.00 is spent." */
export function warningSentence(warning: BudgetWarning): string {
  const money = shareOf(warning.spentNanoUsd, warning.limitNanoUsd)
  const isMoney = money >= shareOf(warning.spentTokens, warning.limitTokens)
  return t`${spentPercent(warning)} % of ${formatLimit(warning, isMoney)} is spent.`
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
  const limit = formatLimit(held, true)
  return held.heldFor.length === 0
    ? t`What is left of ${limit} is held back for requests under way.`
    : t`What is left of ${limit} is held back until a stopped answer is counted.`
}

/** Names a budget by its limit in the given unit, or in the other one if it has none: "today’s $1.00" */
function formatLimit({ scope, limitNanoUsd, limitTokens }: BudgetUse, isMoney: boolean): string {
  const money = isMoney || limitTokens === null ? limitNanoUsd : null
  const limit = money === null ? formatTokenCount(limitTokens ?? 0) : formatUsd(money)
  switch (scope) {
    case 'run':
      return t`this answer’s ${limit}`
    case 'conversation':
      return t`this conversation’s ${limit}`
    case 'folder':
      return t`this folder’s ${limit}`
    case 'day':
      return t`today’s ${limit}`
    case 'month':
      return t`this month’s ${limit}`
  }
}

export function formatTokenCount(tokens: number): string {
  return t`${tokens.toLocaleString(language())} tokens`
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
