// Builds the target of a request to a provider's model.
import { modelLabel } from '#shared/model-label.ts'
import { translateStored } from '../http/stored-sentences.ts'
import { readBaseUrl } from '../upstream/base-url.ts'
import type { ModelTarget, ProviderConfig } from '../upstream/types.ts'
import { Problem } from '../http/problem.ts'
import type { Offer } from '../upstream/read-models.ts'
import { t } from '#shared/translate.ts'

export function targetOf(provider: ProviderConfig, model: string | null): ModelTarget {
  const { name, kind, baseUrl, api, apiKey, headers, maxRetries, storedKey } = provider
  if (storedKey !== null && storedKey.problem !== null) {
    const detail = t`The key of ${name} cannot be read. ${translateStored(storedKey.problem)}`
    throw new Problem('key_unreadable', detail, name)
  }
  if (model === null) {
    throw new Problem('model_not_set', t`${name} offers no model. Name one in its settings.`, name)
  }
  return { provider: name, kind, baseUrl, api, apiKey, headers, maxRetries, model }
}

/** Rejects a model that llama.cpp no longer serves: it answers any name with its loaded model. */
export function checkOffered(provider: ProviderConfig, model: string, offer: Offer | null): void {
  const [only, ...others] = offer?.models ?? []
  if (offer?.server !== 'llama.cpp' || only === undefined || others.length > 0) return
  if (only.id === model || provider.models.includes(model) || provider.defaultModel === model)
    return
  throw new Problem(
    'model_not_found',
    t`${provider.name} now has ${modelLabel(only.id)}, and no longer ${modelLabel(model)}: choose it to go on.`,
  )
}

export function isLocal({ kind, baseUrl }: ProviderConfig): boolean {
  if (kind === 'discovered') return true
  return baseUrl !== null && /^(localhost|127\.|\[::1\])/.test(readBaseUrl(baseUrl).host)
}
