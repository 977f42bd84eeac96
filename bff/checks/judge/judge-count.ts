import { isRecord } from '../../agent/record.ts'
import type { Recorded } from '../ask.ts'
import { type Judgement, unknown } from './finding.ts'

/** These mean that there is nothing at the address. */
const NOTHING_THERE = new Set([400, 404, 405, 501])

export function judgeCount({ frames, refusedWith, problem }: Recorded): Judgement {
  const finding = 'count_endpoint'
  const body = frames[0]?.data
  const tokens = isRecord(body) ? body['input_tokens'] : undefined
  if (typeof tokens === 'number' && Number.isInteger(tokens) && tokens > 0) {
    const detail = `\`/responses/input_tokens\` counts input before it is sent: ${tokens} tokens.`
    return { finding, verdict: 'yes', detail, known: { countEndpoint: true } }
  }
  const isMissing = refusedWith !== null && NOTHING_THERE.has(refusedWith)
  if (problem !== null && !isMissing) return unknown(finding, problem.message)
  const detail = 'Input is not counted beforehand: Tally estimates it with a tokenizer.'
  return { finding, verdict: 'no', detail, known: { countEndpoint: false } }
}
