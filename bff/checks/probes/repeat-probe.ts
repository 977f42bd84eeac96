import { type Probe, sound } from '../probe.ts'
import { readUsage } from '../../ledger/usage/read-usage.ts'
import type { ParsedAnswer } from '../parse-answer.ts'
import { type Evaluation, unknown } from '../probe.ts'

/** Providers cache from 1,024 tokens on. */
const LINES = 72

const QUESTION = {
  text: [
    'Reply with the one word OK. The lines below are only there to be read.',
    ...Array.from({ length: LINES }, (_, at) => {
      return `Line ${at + 1}: a small boat lies in the harbour and waits for the morning.`
    }),
  ].join('\n'),
  limit: 16,
}

export const repeatProbe: Probe = {
  name: 'repeat',
  findings: ['cached_tokens'],
  questions: [QUESTION, QUESTION],
  run: async ({ ask }) => {
    sound(await ask(QUESTION))
    const { reading } = sound(await ask(QUESTION))
    return [evaluateCached(reading)]
  },
}

/** Whether a prompt that was sent before is told to have come from the cache. */
export function evaluateCached({ rawUsage }: Pick<ParsedAnswer, 'rawUsage'>): Evaluation {
  const finding = 'cached_tokens'
  const usage = readUsage(rawUsage, null)
  if (usage === null) {
    const detail = 'Without `usage` there is no count of cached tokens.'
    return { finding, verdict: 'no', detail, known: { reportsCached: false } }
  }
  const { cachedInputTokens: cached, inputTokens: input } = usage
  if (cached === null) {
    const detail = 'Cached tokens are not counted apart: all input is charged as fresh.'
    return { finding, verdict: 'no', detail, known: { reportsCached: false } }
  }
  const known = { reportsCached: true }
  if (cached === 0) {
    const detail = 'The field is there, and of the repeated prompt nothing came from the cache.'
    return { finding, verdict: 'partly', detail, known }
  }
  if (input === null) return { ...unknown(finding, `${cached} tokens came from the cache.`), known }
  const detail = `Of the repeated prompt ${count(cached)} of ${count(input)} tokens came from the cache.`
  return { finding, verdict: 'yes', detail, known }
}

function count(tokens: number): string {
  return tokens.toLocaleString('en-US')
}
