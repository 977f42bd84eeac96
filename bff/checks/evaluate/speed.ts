import type { ModelCall } from '#shared/ledger.ts'
import { firstPieceMs, type ParsedAnswer } from '../parse-answer.ts'
import { type Evaluation, seconds, unknown } from './finding.ts'

/** As booked. */
type Booked = Pick<ModelCall, 'outputTokens' | 'reasoningTokens'>

export function evaluateSpeed(reading: ParsedAnswer, booked: Booked): Evaluation {
  const finding = 'speed'
  const first = firstPieceMs(reading)
  if (first === null) return unknown(finding, 'Only a streamed answer can be timed.')
  const ttftMs = Math.round(first)
  const writing = reading.durationMs - first
  const written = writtenTokens(reading, booked)
  const begun = `The first token came after ${seconds(ttftMs)}`
  if (written === null || written < 2 || writing < 1) {
    return { finding, verdict: 'yes', detail: `${begun}.`, known: { ttftMs } }
  }
  const rate = (written * 1000) / writing
  const tokensPerSecond = rate < 10 ? Number(rate.toFixed(1)) : Math.round(rate)
  const about = reading.rawUsage === null ? 'about ' : ''
  const detail = `${begun}, then ${about}${tokensPerSecond.toLocaleString('en-US')} tokens per second.`
  return { finding, verdict: 'yes', detail, known: { ttftMs, tokensPerSecond } }
}

/** What a model thinks without showing it was over before the first token came. */
function writtenTokens({ pieces }: ParsedAnswer, { outputTokens, reasoningTokens }: Booked) {
  if (outputTokens === null) return null
  const isShown = pieces.some(({ kind }) => kind === 'reasoning')
  return isShown ? outputTokens : outputTokens - (reasoningTokens ?? 0)
}
