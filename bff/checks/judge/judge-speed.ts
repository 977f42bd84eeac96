import { firstPieceMs, type Reading } from '../read-answer.ts'
import { type Judgement, seconds, unknown } from './finding.ts'

/** `outputTokens`: as booked. `isCounted`: by the provider, and not estimated. */
export function judgeSpeed(
  reading: Reading,
  outputTokens: number | null,
  isCounted: boolean,
): Judgement {
  const finding = 'speed'
  const first = firstPieceMs(reading)
  if (first === null) return unknown(finding, 'Only a streamed answer can be timed.')
  const ttftMs = Math.round(first)
  const writing = reading.durationMs - first
  const begun = `The first token came after ${seconds(ttftMs)}`
  if (outputTokens === null || outputTokens < 2 || writing < 1) {
    return { finding, verdict: 'yes', detail: `${begun}.`, known: { ttftMs } }
  }
  const rate = (outputTokens * 1000) / writing
  const tokensPerSecond = rate < 10 ? Number(rate.toFixed(1)) : Math.round(rate)
  const about = isCounted ? '' : 'about '
  const detail = `${begun}, then ${about}${tokensPerSecond.toLocaleString('en-US')} tokens per second.`
  return { finding, verdict: 'yes', detail, known: { ttftMs, tokensPerSecond } }
}
