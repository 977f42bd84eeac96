import type { ApiKind } from '#shared/api.ts'
import { isRecord } from '../../upstream/record.ts'
import { tokensIn } from '../../upstream/count-openai.ts'
import type { Exchange } from '../../upstream/record-exchange.ts'
import type { CountWay } from '../../upstream/wire-request.ts'
import { type Evaluation, unknown } from './finding.ts'

/** These mean that there is nothing at the address. */
export const NOTHING_THERE = new Set([400, 404, 405, 501])

export function evaluateCount(
  { frames, refusedWith, problem }: Exchange,
  api: ApiKind = 'responses',
  way: CountWay = 'input_tokens',
): Evaluation {
  const finding = 'count_endpoint'
  const body = frames[0]?.data
  const counted = isRecord(body) ? body['input_tokens'] : undefined
  const tokens = way === 'tokenize' ? tokensIn(body) : counted
  if (typeof tokens === 'number' && Number.isInteger(tokens) && tokens > 0) {
    const answers = api === 'responses' ? '/responses' : '/chat/completions'
    const path = way === 'tokenize' ? '/tokenize' : `${answers}/input_tokens`
    const detail = `\`${path}\` counts input before it is sent: ${tokens} tokens.`
    return { finding, verdict: 'yes', detail, known: { countEndpoint: true, countsWith: way } }
  }
  const isMissing = refusedWith !== null && NOTHING_THERE.has(refusedWith)
  if (problem !== null && !isMissing) return unknown(finding, problem.message)
  const detail = 'Input is not counted beforehand: Tally estimates it with a tokenizer.'
  return { finding, verdict: 'no', detail, known: { countEndpoint: false, countsWith: null } }
}
