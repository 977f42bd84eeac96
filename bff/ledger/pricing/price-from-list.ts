// Prices a request by a provider's list: the rates for its time and length, adjusted for its service
// tier and region.
import type { ModelInfo } from '@pydantic/genai-prices'
import manifest from '../../../package.json' with { type: 'json' }
import { divide } from '#shared/decimal.ts'
import { type Listing, priceOfListed, type Rates } from './price-list.ts'
import { isStandardTier, type Ratio, regionRatio, tierRatio } from './price-supplement.ts'
import type { Circumstances, PriceInForce, Pricer } from './price.ts'
import { english } from '#shared/translate.ts'

const BOOK = `genai-prices ${manifest.dependencies['@pydantic/genai-prices']}`

/** Prices requests by a provider's list, without a configured address. */
export function listPricer(provider: string, model: ModelInfo): Pricer {
  const listing = { provider, model, name: model.id }
  return (circumstances) => priceFromList(listing, { region: null }, circumstances)
}

/** Without an address, the list is the one of the model's maker. */
export function priceFromList(
  listing: Listing,
  address: { region: string | null } | null,
  { at, inputTokens, serviceTier }: Circumstances,
): PriceInForce | null {
  const { provider } = listing
  const listed = priceOfListed(listing, at, inputTokens)
  if (listed === null) return null
  const isLong = listed.longContext !== null
  const tier = isStandardTier(serviceTier)
    ? null
    : tierRatio(provider, listed.model, serviceTier ?? '', isLong)
  const region =
    address?.region == null ? null : regionRatio(provider, listed.model, address.region)
  const ratios = [tier, region].filter((ratio) => ratio !== null)
  const isTierUnpriced = tier === null && !isStandardTier(serviceTier)
  const words = [
    isTierUnpriced ? english`${serviceTier ?? ''}, at the standard rate` : null,
    ...ratios.map((ratio) => ratio.tier),
    listed.longContext,
    listed.window,
  ].filter((word) => word !== null)
  const name = `${provider}/${listed.model}`
  return {
    id: [BOOK.replace(' ', '@'), name, listed.effectiveFrom, ...words]
      .filter((part) => part !== null)
      .join('#'),
    rates: ratios.reduce(times, listed.rates),
    origin: address === null ? 'maker_list' : 'provider_list',
    source: [`${BOOK}, ${name}`, ...ratios.map((ratio) => `${ratio.tier}: ${ratio.source}`)].join(
      '; ',
    ),
    effectiveFrom: listed.effectiveFrom,
    tier: words.length === 0 ? null : words.join(', '),
    isTierUnpriced,
    isRequestFeeAtMost: provider === 'perplexity',
    perHour: null,
    beatsReported: false,
  }
}

function times(rates: Rates, { numerator, denominator }: Ratio): Rates {
  const scale = (rate: bigint): bigint => divide(rate * numerator, denominator)
  const orNull = (rate: bigint | null): bigint | null => (rate === null ? null : scale(rate))
  return {
    // Tiers and regions change token rates only; fees per call stay.
    ...rates,
    input: scale(rates.input),
    cachedInput: orNull(rates.cachedInput),
    cacheWrite: orNull(rates.cacheWrite),
    longCacheWrite: orNull(rates.longCacheWrite),
    output: scale(rates.output),
    reasoning: orNull(rates.reasoning),
    audioInput: orNull(rates.audioInput),
    cachedAudioInput: orNull(rates.cachedAudioInput),
    audioOutput: orNull(rates.audioOutput),
  }
}
