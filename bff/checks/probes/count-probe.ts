import { COUNTED_TEXT } from '../questions.ts'
import type { ModelTarget } from '../../upstream/types.ts'
import type { Probe } from '../probe.ts'
import type { ApiKind } from '#shared/api.ts'
import { isRecord } from '../../upstream/record.ts'
import { tokensIn } from '../../upstream/count-openai.ts'
import type { Exchange } from '../../upstream/record-exchange.ts'
import type { CountWay } from '../../upstream/wire-request.ts'
import { type Evaluation, unknown } from '../probe.ts'
import { t } from '#shared/translate.ts'

function hasTokenizer({ api, server }: ModelTarget): boolean {
  return api === 'chat_completions' && (server === 'llama.cpp' || server === 'vllm')
}

export const countProbe: Probe = {
  name: 'count',
  findings: ['count_endpoint'],
  questions: [],
  // The demo has no endpoint to ask.
  freeRequests: (target) => (target.kind === 'demo' ? 0 : hasTokenizer(target) ? 2 : 1),
  run: async ({ provider, target, count }) => {
    if (provider.kind === 'demo') {
      const detail = t`The demo has no such endpoint.`
      return [
        {
          finding: 'count_endpoint',
          verdict: 'no',
          detail,
          known: { countEndpoint: false, countsWith: null },
        },
      ]
    }
    const { recorded } = await count(COUNTED_TEXT, 'input_tokens')
    const isMissing = recorded.refusedWith !== null && NOTHING_THERE.has(recorded.refusedWith)
    if (!hasTokenizer(target) || !isMissing) {
      return [evaluateCount(recorded, provider.api, 'input_tokens')]
    }
    const tokenizer = await count(COUNTED_TEXT, 'tokenize')
    return [evaluateCount(tokenizer.recorded, provider.api, 'tokenize')]
  },
}

/** These mean that there is nothing at the address. */
const NOTHING_THERE = new Set([400, 404, 405, 501])

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
    const detail = t`\`${path}\` counts input before it is sent: ${tokens} tokens.`
    return { finding, verdict: 'yes', detail, known: { countEndpoint: true, countsWith: way } }
  }
  const isMissing = refusedWith !== null && NOTHING_THERE.has(refusedWith)
  if (problem !== null && !isMissing) return unknown(finding, problem.message)
  const detail = t`Input is not counted beforehand: Tally estimates it with a tokenizer.`
  return { finding, verdict: 'no', detail, known: { countEndpoint: false, countsWith: null } }
}
