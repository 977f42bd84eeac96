import { readModels } from '../../upstream/read-models.ts'
import type { Evaluation } from '../probe.ts'
import type { Probe } from '../probe.ts'
import { language, plural, t } from '#shared/translate.ts'

const TIMEOUT_MS = 10_000

export const modelsProbe: Probe = {
  name: 'models',
  findings: ['models'],
  questions: [],
  run: async ({ provider }) => {
    if (provider.baseUrl === null) return [listed(1)]
    const { models, problem } = await readModels(provider, TIMEOUT_MS)
    if (problem === null) return [listed(models.length)]
    return [{ finding: 'models', verdict: 'no', detail: problem }]
  },
}

function listed(models: number): Evaluation {
  const finding = 'models'
  const known = { models }
  if (models === 0) {
    return { finding, verdict: 'partly', detail: t`The list has no models for chats.`, known }
  }
  const detail = plural(models, {
    one: t`The list has 1 model for chats.`,
    other: t`The list has ${models.toLocaleString(language())} models for chats.`,
  })
  return { finding, verdict: 'yes', detail, known }
}
