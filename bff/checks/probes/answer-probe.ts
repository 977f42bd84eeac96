import { ANSWER_QUESTION } from '../questions.ts'
import { type Probe, sound } from '../probe.ts'
import { formatUsd } from '#shared/money.ts'
import { isRecord } from '../../upstream/record.ts'
import { readUsage } from '../../ledger/usage/read-usage.ts'
import { type ParsedAnswer, textOf, firstPieceMs } from '../parse-answer.ts'
import { type Evaluation, unknown, seconds, CUT } from '../probe.ts'
import type { ModelCall } from '#shared/ledger.ts'
import { language, plural, t } from '#shared/translate.ts'

/** Something to think about, and then enough words to be timed; the limit leaves room for thoughts. */
const QUESTION = {
  text: ANSWER_QUESTION,
  limit: 768,
}

export const answerProbe: Probe = {
  name: 'answer',
  findings: ['streaming', 'usage', 'cost', 'reasoning', 'speed'],
  questions: [QUESTION],
  run: async ({ ask }) => {
    const { reading, row } = sound(await ask(QUESTION))
    return [
      evaluateStreaming(reading),
      evaluateUsage(reading),
      evaluateCost(reading),
      evaluateReasoning(reading),
      evaluateSpeed(reading, row),
    ]
  },
}

const FIELDS = ['cost', 'cost_in_usd_ticks']

export function evaluateCost({ rawUsage }: ParsedAnswer): Evaluation {
  const finding = 'cost'
  const named = readUsage(rawUsage, null)?.reportedNanoUsd ?? null
  if (named === null) {
    const detail = t`The answer names no amount. Amounts are worked out from a price.`
    return { finding, verdict: 'no', detail, known: { reportsCost: false } }
  }
  const field = FIELDS.find((name) => isRecord(rawUsage) && name in rawUsage) ?? 'cost'
  const detail = t`The answer names its amount in \`usage.${field}\`: ${formatUsd(Number(named))}.`
  return { finding, verdict: 'yes', detail, known: { reportsCost: true } }
}

export function evaluateReasoning(reading: ParsedAnswer): Evaluation {
  const finding = 'reasoning'
  const piece = reading.pieces.find(({ kind }) => kind === 'reasoning')
  if (piece?.kind === 'reasoning') {
    const { field } = piece
    const detail = t`Arrives in \`${field}\`, apart from the answer.`
    return { finding, verdict: 'yes', detail, known: { reasoningField: field } }
  }
  if (/<think(ing)?>/i.test(textOf(reading))) {
    const detail = t`Stands inside of the answer, between \`<think>\` tags.`
    return { finding, verdict: 'partly', detail, known: { reasoningField: 'content' } }
  }
  const hidden = readUsage(reading.rawUsage, null)?.reasoningTokens ?? 0
  if (hidden > 0) {
    return {
      finding,
      verdict: 'no',
      detail: plural(hidden, {
        one: t`The model thought for 1 token, which are not shown.`,
        other: t`The model thought for ${hidden} tokens, which are not shown.`,
      }),
    }
  }
  return unknown(finding, t`This answer was written without reasoning.`)
}

/** As booked. */
type Booked = Pick<ModelCall, 'outputTokens' | 'reasoningTokens'>

export function evaluateSpeed(reading: ParsedAnswer, booked: Booked): Evaluation {
  const finding = 'speed'
  const first = firstPieceMs(reading)
  if (first === null) return unknown(finding, t`Only a streamed answer can be timed.`)
  const ttftMs = Math.round(first)
  const writing = reading.durationMs - first
  const written = writtenTokens(reading, booked)
  if (written === null || written < 2 || writing < 1) {
    return {
      finding,
      verdict: 'yes',
      detail: t`The first token came after ${seconds(ttftMs)}.`,
      known: { ttftMs },
    }
  }
  const rate = (written * 1000) / writing
  const tokensPerSecond = rate < 10 ? Number(rate.toFixed(1)) : Math.round(rate)
  const rateLabel = tokensPerSecond.toLocaleString(language())
  const detail =
    reading.rawUsage === null
      ? t`The first token came after ${seconds(ttftMs)}, then about ${rateLabel} tokens per second.`
      : t`The first token came after ${seconds(ttftMs)}, then ${rateLabel} tokens per second.`
  return { finding, verdict: 'yes', detail, known: { ttftMs, tokensPerSecond } }
}

/** Hidden reasoning ends before the first token arrives. */
function writtenTokens({ pieces }: ParsedAnswer, { outputTokens, reasoningTokens }: Booked) {
  if (outputTokens === null) return null
  const isShown = pieces.some(({ kind }) => kind === 'reasoning')
  return isShown ? outputTokens : outputTokens - (reasoningTokens ?? 0)
}

/** A stream whose pieces all come in this last part of it was held back on its way. */
const LATE = 0.9
/** A faster answer does not show whether it was streamed. */
const LONG_MS = 1500

export function evaluateStreaming(reading: ParsedAnswer): Evaluation {
  const finding = 'streaming'
  const count = reading.pieces.length
  if (!reading.isStream) {
    const detail = t`The answer comes in one piece, although a stream was asked for.`
    return { finding, verdict: 'no', detail, known: { streaming: false } }
  }
  const first = firstPieceMs(reading)
  if (first === null && CUT.has(reading.finishReason ?? '')) {
    return unknown(finding, t`The model thought up to its limit, and wrote nothing.`)
  }
  if (first === null) return unknown(finding, t`The stream had no text in it.`)
  const known = { streaming: true }
  if (reading.durationMs > LONG_MS && first > reading.durationMs * LATE) {
    const detail = t`All ${count} pieces came at the end, after ${seconds(first)}: something on the way holds them back.`
    return { finding, verdict: 'partly', detail, known }
  }
  if (count === 1) {
    return { finding, verdict: 'partly', detail: t`The stream had all text in one piece.`, known }
  }
  const detail = t`The answer came in ${count} pieces over ${seconds(reading.durationMs)}.`
  return { finding, verdict: 'yes', detail, known }
}

/**
 * Whether the server says what was used, and when: once at the end, or running totals, of which the
 * last one counts.
 */
export function evaluateUsage({ pieces, usageAfter, hasEmptyUsage }: ParsedAnswer): Evaluation {
  const finding = 'usage'
  if (usageAfter.length === 0) {
    const detail = hasEmptyUsage
      ? t`The answer has an empty \`usage\`. Tokens and amounts are estimates.`
      : t`The answer has no \`usage\`. Tokens and amounts are estimates.`
    return { finding, verdict: 'no', detail, known: { reportsUsage: 'no' } }
  }
  const early = usageAfter.filter((before) => before < pieces.length).length
  if (early > 1) {
    const detail = t`Running totals: ${usageAfter.length} reports while the answer went on. The last one counts.`
    return { finding, verdict: 'yes', detail, known: { reportsUsage: 'running' } }
  }
  const detail = t`Reported once, at the end of the answer.`
  return { finding, verdict: 'yes', detail, known: { reportsUsage: 'final' } }
}
