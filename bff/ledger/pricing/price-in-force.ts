// Chooses the price of a request. A price the user set comes first. Then the provider's own list if
// the address is known; at an unknown address, which may be a proxy, the list of the model's maker if
// the name is exactly theirs. A discovered local server costs nothing. Otherwise there is no price.
import type { PriceRates } from '#shared/ledger.ts'
import type { PriceOverride } from '#shared/prices.ts'
import { listedAddress } from './price-address.ts'
import { priceFromList } from './price-from-list.ts'
import { type Rates, listedModel, listsExactly } from './price-list.ts'
import { overrideFor } from './price-override.ts'
import { memoize } from '../../cache/lru-map.ts'
import type { Circumstances, PriceInForce, Pricer, PriceTarget } from './price.ts'
import { english } from '#shared/translate.ts'

const MAKERS = [
  'openai',
  'anthropic',
  'google',
  'x-ai',
  'deepseek',
  'mistral',
  'cohere',
  'moonshotai',
  'zai',
  'minimax',
  'perplexity',
]

/** Returns the price of `model` at this address. Null if no trusted source has one. */
export function priceOf(
  target: PriceTarget,
  model: string,
  circumstances: Circumstances,
): PriceInForce | null {
  return overrideOf(target, model, circumstances) ?? standardPricer(target, model)(circumstances)
}

/** Like `priceOf`, for many requests to one model: looks the model up once. */
export function pricerOf(target: PriceTarget, model: string): Pricer {
  const standard = standardPricer(target, model)
  return (circumstances) => overrideOf(target, model, circumstances) ?? standard(circumstances)
}

/** Returns the price the user set for `model`, or null. */
export function overrideOf(
  { provider }: PriceTarget,
  model: string,
  { overrides = [], ...asked }: Circumstances,
): PriceInForce | null {
  return overrideFor(overrides, { ...asked, provider, model })
}

function standardPricer(target: PriceTarget, name: string): Pricer {
  if (target.kind === 'demo') return () => DEMO_PRICE
  if (target.kind === 'discovered') return () => LOCAL_PRICE
  const address = listedAddress(target.baseUrl)
  const provider = address?.provider ?? makerOf(name)
  const model = provider === null ? null : listedModel(provider, name)
  if (provider === null || model === null) return () => null
  return (circumstances) => priceFromList({ provider, model, name }, address, circumstances)
}

/** Returns the rates of a small request now, as the model picker shows them. */
export function priceInForce(
  target: PriceTarget,
  model: string,
  at: string,
  overrides: readonly PriceOverride[] = [],
): PriceRates | null {
  const price = priceOf(target, model, {
    at: new Date(at),
    inputTokens: 0,
    serviceTier: null,
    overrides,
  })
  return price === null ? null : toPriceRates(price)
}

/** Returns the context window in tokens. Null if unknown, as for every local server. */
export function contextWindow(target: PriceTarget, model: string): number | null {
  if (target.kind !== 'configured') return null
  const provider = listedAddress(target.baseUrl)?.provider ?? makerOf(model)
  return provider === null ? null : (listedModel(provider, model)?.context_window ?? null)
}

export function toPriceRates(price: PriceInForce): PriceRates {
  const { rates, origin, source, effectiveFrom, tier, perHour } = price
  return {
    inputPerMTok: Number(rates.input),
    cachedInputPerMTok: optional(rates.cachedInput),
    cacheWritePerMTok: optional(rates.cacheWrite),
    outputPerMTok: Number(rates.output),
    origin,
    source,
    effectiveFrom,
    tier,
    ...(perHour === null ? {} : { perHourNanoUsd: Number(perHour) }),
  }
}

function optional(rate: bigint | null): number | null {
  return rate === null ? null : Number(rate)
}

const makerOf = memoize((model): string | null => {
  return MAKERS.find((maker) => listsExactly(maker, model)) ?? null
})

const NO_RATES: Rates = {
  input: 0n,
  cachedInput: null,
  cacheWrite: null,
  longCacheWrite: null,
  output: 0n,
  reasoning: null,
  citation: null,
  audioInput: null,
  cachedAudioInput: null,
  audioOutput: null,
  request: null,
  webSearch: null,
}

const FIXED = {
  effectiveFrom: null,
  tier: null,
  isTierUnpriced: false,
  isRequestFeeAtMost: false,
  perHour: null,
  beatsReported: false,
}

/** Prices that are in no list: a local server's, and the demo's. */
const LOCAL_PRICE: PriceInForce = {
  ...FIXED,
  id: 'local',
  rates: NO_RATES,
  origin: 'local',
  source: english`a server on this computer`,
}

/** 1, 0.10 and 4 dollars per million tokens, like a small hosted model. Not billed. */
const DEMO_PRICE: PriceInForce = {
  ...FIXED,
  id: 'demo',
  rates: { ...NO_RATES, input: 1_000_000_000n, cachedInput: 100_000_000n, output: 4_000_000_000n },
  origin: 'demo',
  source: english`demo price, nobody is billed`,
}
