import { evaluateCount, NOTHING_THERE } from '../evaluate/count.ts'
import type { ModelTarget } from '../../upstream/types.ts'
import type { Probe } from '../probe.ts'

const WORDS = 'How many tokens are these words?'

function hasTokenizer({ api, server }: ModelTarget): boolean {
  return api === 'chat_completions' && (server === 'llama.cpp' || server === 'vllm')
}

export const countProbe: Probe = {
  name: 'count',
  findings: ['count_endpoint'],
  questions: [],
  // The demo has nobody to ask.
  freeRequests: (target) => (target.kind === 'demo' ? 0 : hasTokenizer(target) ? 2 : 1),
  run: async ({ provider, target, count }) => {
    if (provider.kind === 'demo') {
      const detail = 'The demo has no such endpoint.'
      return [
        {
          finding: 'count_endpoint',
          verdict: 'no',
          detail,
          known: { countEndpoint: false, countsWith: null },
        },
      ]
    }
    const { recorded } = await count(WORDS, 'input_tokens')
    const isMissing = recorded.refusedWith !== null && NOTHING_THERE.has(recorded.refusedWith)
    if (!hasTokenizer(target) || !isMissing) {
      return [evaluateCount(recorded, provider.api, 'input_tokens')]
    }
    const tokenizer = await count(WORDS, 'tokenize')
    return [evaluateCount(tokenizer.recorded, provider.api, 'tokenize')]
  },
}
