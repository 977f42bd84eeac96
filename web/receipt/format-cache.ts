// Formats what a provider's cache did.
import type { ReceiptCall } from '#shared/api.ts'
import type { CallCache, ConversationCache, MissCause } from '#shared/call-cache.ts'
import { formatTokens } from '../ui/tokens.tsx'
import { t } from '#shared/translate.ts'

/** Formats a rate like "63 %". Only exact values read 0 % and 100 %. */
export function formatPercent(rate: number): string {
  const percent = Math.round(rate * 100)
  if (percent === 0 && rate > 0) return t`less than 1 %`
  if (percent === 100 && rate < 1) return t`more than 99 %`
  return `${percent} %`
}

/** Returns the rate of all calls that report one; null if none does. */
export function hitRateOf(calls: ReceiptCall[]): number | null {
  const reported = calls.filter(({ cache }) => cache !== undefined && cache.hitRate !== null)
  const sum = (of: (call: ReceiptCall) => number | null) =>
    reported.reduce((total, call) => total + (of(call) ?? 0), 0)
  const input = sum(({ inputTokens }) => inputTokens)
  return input === 0 ? null : Math.min(1, sum((call) => call.cachedInputTokens) / input)
}

/** Returns "63 % of the input was read from the cache."; null if the provider does not report it. */
export function hitSentence({ hitRate }: CallCache): string | null {
  if (hitRate === null) return null
  if (hitRate === 0) return t`None of the input was read from the cache.`
  return t`${formatPercent(hitRate)} of the input was read from the cache.`
}

/** Returns why input was not read from the cache; null if nothing was missed. */
export function causeSentence(cache: CallCache): string | null {
  if (cache.cause === null) return null
  const missed = cache.missedTokens ?? 0
  const cause = CAUSES[cache.cause](cache)
  if (missed === 0) return cause
  return `${cause} ${t`About ${formatTokens(missed)} tokens more could have been.`}`
}

const CAUSES: Record<MissCause, (cache: CallCache) => string> = {
  first: () => t`It is the first request of the conversation: nothing was cached yet.`,
  too_short: () => t`It is too short: providers cache nothing below about 1,024 tokens.`,
  expired: ({ gapMs }) =>
    t`The request before was ${formatGap(gapMs ?? 0)} earlier: most caches keep a prefix for 5 to 10 minutes.`,
  model: () => t`Another model or provider answered before: each has a cache of its own.`,
  agent: () => t`Another agent answered before, with instructions and tools of its own.`,
  instructions: () => t`The instructions changed: everything after them is new to the cache.`,
  tools: () => t`The tools changed: everything after them is new to the cache.`,
  format: () => t`The requested answer format changed.`,
  question: ({ changedNumber }) =>
    t`Question ${changedNumber ?? 1} has changed: it was edited, or this is another branch.`,
  answer: ({ changedNumber }) =>
    t`The answer to question ${changedNumber ?? 1} has changed: it was tried again, or this is another branch.`,
  tool_call: ({ changedNumber }) =>
    t`A tool call after question ${changedNumber ?? 1} has changed.`,
  tool_result: ({ changedNumber }) =>
    t`A tool result after question ${changedNumber ?? 1} has changed: it was dropped, restored or made again.`,
  reasoning: ({ changedNumber }) =>
    t`The reasoning about question ${changedNumber ?? 1} is not sent again: what follows it is new to the cache.`,
  unknown: () =>
    t`It began like the request before, but the provider did not find it in its cache. No provider guarantees that.`,
}

const SHORT_CAUSES: Record<MissCause, string> = {
  first: t`first request`,
  too_short: t`too short`,
  expired: t`too long ago`,
  model: t`another model or provider`,
  agent: t`another agent`,
  instructions: t`instructions changed`,
  tools: t`tools changed`,
  format: t`answer format changed`,
  question: t`another question`,
  answer: t`another answer`,
  tool_call: t`another tool call`,
  tool_result: t`another tool result`,
  reasoning: t`reasoning not sent again`,
  unknown: t`not found by the provider`,
}

const MAX_MISSES = 3

/** Returns the most expensive causes; null if nothing was missed. */
export function missesSentence({ misses }: ConversationCache): string | null {
  const counted = misses.filter(({ missedTokens }) => missedTokens > 0).slice(0, MAX_MISSES)
  if (counted.length === 0) return null
  const causes = counted.map(
    ({ cause, missedTokens }) => t`${SHORT_CAUSES[cause]} (≈ ${formatTokens(missedTokens)} tokens)`,
  )
  return t`Missed: ${causes.join(', ')}.`
}

function formatGap(ms: number): string {
  const minutes = Math.round(ms / 60_000)
  if (minutes < 90) return t`${minutes} minutes`
  const hours = Math.round(minutes / 60)
  return hours < 48 ? t`${hours} hours` : t`${Math.round(hours / 24)} days`
}
