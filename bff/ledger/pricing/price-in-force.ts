// Which price a request is made at. What the person set comes first; else the provider's own list
// where the address is known; at an unknown address, which may be a proxy, the list of the model's
// maker when the name is exactly one of theirs; nothing for a local server that was discovered and
// for nobody else.
import type { PriceRates } from '#shared/ledger.ts'
import type { PriceOverride } from '#shared/prices.ts'
import { DEMO_PRICE, LOCAL_PRICE } from './fixed-prices.ts'
import { listedAddress } from './price-address.ts'
import { priceFromList } from './price-from-list.ts'
import { listedModel, listsExactly } from './price-list.ts'
import { overrideFor } from './price-override.ts'
import { memoize } from './memoize.ts'
import type { Circumstances, PriceInForce, Pricer, PriceTarget } from './price.ts'

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

/** Null: nobody we trust says what `model` costs at this address. */
export function priceOf(
  target: PriceTarget,
  model: string,
  circumstances: Circumstances,
): PriceInForce | null {
  return overrideOf(target, model, circumstances) ?? standardPricer(target, model)(circumstances)
}

/** As `priceOf`, for many requests to one model: it is looked up once. */
export function pricerOf(target: PriceTarget, model: string): Pricer {
  const standard = standardPricer(target, model)
  return (circumstances) => overrideOf(target, model, circumstances) ?? standard(circumstances)
}

/** What the person set for `model`, if anything. */
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

/** The rates for a small request right now, as the model picker shows them. */
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

/** Null: not known. What a local server was started with is not in any list. */
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
