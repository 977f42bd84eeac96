import { firstPieceMs, type ParsedAnswer } from '../parse-answer.ts'
import { CUT, type Evaluation, seconds, unknown } from './finding.ts'

/** A stream whose pieces all come in this last part of it was held back on its way. */
const LATE = 0.9
/** In less than this nobody can tell. */
const LONG_MS = 1500

export function evaluateStreaming(reading: ParsedAnswer): Evaluation {
  const finding = 'streaming'
  const count = reading.pieces.length
  if (!reading.isStream) {
    const detail = 'The answer comes in one piece, although a stream was asked for.'
    return { finding, verdict: 'no', detail, known: { streaming: false } }
  }
  const first = firstPieceMs(reading)
  if (first === null && CUT.has(reading.finishReason ?? '')) {
    return unknown(finding, 'The model thought up to its limit, and wrote nothing.')
  }
  if (first === null) return unknown(finding, 'The stream had no text in it.')
  const known = { streaming: true }
  if (reading.durationMs > LONG_MS && first > reading.durationMs * LATE) {
    const detail = `All ${count} pieces came at the end, after ${seconds(first)}: something on the way holds them back.`
    return { finding, verdict: 'partly', detail, known }
  }
  if (count === 1) {
    return { finding, verdict: 'partly', detail: 'The stream had all text in one piece.', known }
  }
  const detail = `The answer came in ${count} pieces over ${seconds(reading.durationMs)}.`
  return { finding, verdict: 'yes', detail, known }
}
