import { CACHED_QUESTION } from '../questions.ts'
import { type Probe, sound } from '../probe.ts'
import { readUsage } from '../../ledger/usage/read-usage.ts'
import type { ParsedAnswer } from '../parse-answer.ts'
import { type Evaluation, unknown } from '../probe.ts'
import { language, t } from '#shared/translate.ts'

const QUESTION = {
  text: CACHED_QUESTION,
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
    const detail = t`Without \`usage\` there is no count of cached tokens.`
    return { finding, verdict: 'no', detail, known: { reportsCached: false } }
  }
  const { cachedInputTokens: cached, inputTokens: input } = usage
  if (cached === null) {
    const detail = t`Cached tokens are not counted apart: all input is charged as fresh.`
    return { finding, verdict: 'no', detail, known: { reportsCached: false } }
  }
  const known = { reportsCached: true }
  if (cached === 0) {
    const detail = t`The field is there, and of the repeated prompt nothing came from the cache.`
    return { finding, verdict: 'partly', detail, known }
  }
  if (input === null)
    return { ...unknown(finding, t`${cached} tokens came from the cache.`), known }
  const detail = t`Of the repeated prompt ${count(cached)} of ${count(input)} tokens came from the cache.`
  return { finding, verdict: 'yes', detail, known }
}

function count(tokens: number): string {
  return tokens.toLocaleString(language())
}
