import { readUsage } from '../../ledger/usage/read-usage.ts'
import { type ParsedAnswer, textOf } from '../parse-answer.ts'
import { type Evaluation, unknown } from './finding.ts'

export function evaluateReasoning(reading: ParsedAnswer): Evaluation {
  const finding = 'reasoning'
  const piece = reading.pieces.find(({ kind }) => kind === 'reasoning')
  if (piece?.kind === 'reasoning') {
    const { field } = piece
    const detail = `Arrives in \`${field}\`, apart from the answer.`
    return { finding, verdict: 'yes', detail, known: { reasoningField: field } }
  }
  if (/<think(ing)?>/i.test(textOf(reading))) {
    const detail = 'Stands inside of the answer, between `<think>` tags.'
    return { finding, verdict: 'partly', detail, known: { reasoningField: 'content' } }
  }
  const hidden = readUsage(reading.rawUsage, null)?.reasoningTokens ?? 0
  if (hidden > 0) {
    const tokens = hidden === 1 ? '1 token' : `${hidden} tokens`
    return {
      finding,
      verdict: 'no',
      detail: `The model thought for ${tokens}, which are not shown.`,
    }
  }
  return unknown(finding, 'This answer was written without reasoning.')
}
