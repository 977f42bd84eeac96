import { judgeCount } from '../judge/judge-count.ts'
import type { Probe } from '../probe.ts'

export const countProbe: Probe = {
  name: 'count',
  findings: ['count_endpoint'],
  questions: [],
  freeRequests: 1,
  run: async ({ provider, count }) => {
    if (provider.kind === 'demo') {
      const detail = 'The demo has no such endpoint.'
      return [{ finding: 'count_endpoint', verdict: 'no', detail, known: { countEndpoint: false } }]
    }
    const { recorded } = await count('How many tokens are these words?')
    return [judgeCount(recorded)]
  },
}
