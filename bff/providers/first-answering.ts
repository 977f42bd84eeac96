import type { ProviderConfig } from '../upstream/types.ts'
import type { ModelCache } from './model-cache.ts'

/** Undefined where there are none. */
export async function firstAnswering(
  providers: ProviderConfig[],
  models: Pick<ModelCache, 'offerOf'>,
): Promise<ProviderConfig | undefined> {
  const [first] = providers
  if (providers.length < 2) return first
  // All are asked at once, so that one that does not answer is waited for once.
  const offers = providers.map((provider) => models.offerOf(provider))
  for (const [index, offer] of offers.entries()) {
    if ((await offer).answers) return providers[index]
  }
  return first
}
