import type { ProviderConfig } from '../upstream/types.ts'
import type { ModelCache } from './model-cache.ts'

/** Returns the first provider if none answers. Undefined if there are none. */
export async function firstAnswering(
  providers: ProviderConfig[],
  models: Pick<ModelCache, 'offerOf'>,
): Promise<ProviderConfig | undefined> {
  const [first] = providers
  if (providers.length < 2) return first
  // Asks all at once, so that only one timeout passes if several do not answer.
  const offers = providers.map((provider) => models.offerOf(provider))
  for (const [index, offer] of offers.entries()) {
    if ((await offer).answers) return providers[index]
  }
  return first
}
