// Which price a request is made at. What the person set comes first; else the provider's own list where the address is known; at an
// unknown address, which may be a proxy, the list of the model's maker when the name is exactly one
// of theirs; nothing for a local server that was discovered and for nobody else.
import type { ModelInfo } from '@pydantic/genai-prices'
import type { ProviderKind } from '#shared/api.ts'
import type { PriceOrigin, PriceRates } from '#shared/ledger.ts'
import type { PriceOverride } from '#shared/prices.ts'
import manifest from '../../package.json' with { type: 'json' }
import { divide } from '#shared/decimal.ts'
import { listedAddress } from './price-address.ts'
import { overrideFor } from './price-override.ts'
import { type Listing, listedModel, listsExactly, priceOfListed, type Rates } from './price-list.ts'
import { isStandardTier, type Ratio, regionRatio, tierRatio } from './price-supplement.ts'

export interface PriceTarget {
  kind: ProviderKind
  baseUrl: string | null
  /** Its name here, which a price that a person set can ask for. */
  provider?: string
}

export interface PriceInForce {
  id: string
  rates: Rates
  origin: PriceOrigin
  source: string
  effectiveFrom: string | null
  tier: string | null
  /** The service tier used has no rate of its own in the book: these are the standard rates. */
  isTierUnpriced: boolean
  /** The list names the highest fee per request, not the one that was charged. */
  isRequestFeeAtMost: boolean
  /** Nano-dollars for an hour of the server, beside its rates; null: time costs nothing. */
  perHour: bigint | null
  /** Also where the provider names an amount itself. */
  beatsReported: boolean
}

export interface Circumstances {
  at: Date
  inputTokens: number
  serviceTier: string | null
  /** What the person set, the newest first. */
  overrides?: readonly PriceOverride[]
}

const BOOK = `genai-prices ${manifest.dependencies['@pydantic/genai-prices']}`

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

/** The list of a provider that nobody has to have. */
export function listPricer(provider: string, model: ModelInfo): Pricer {
  const listing = { provider, model, name: model.id }
  return (circumstances) => fromList(listing, { region: null }, circumstances)
}

export type Pricer = (circumstances: Circumstances) => PriceInForce | null

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
  return (circumstances) => fromList({ provider, model, name }, address, circumstances)
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

function makerOf(model: string): string | null {
  return MAKERS.find((maker) => listsExactly(maker, model)) ?? null
}

function fromList(
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
    isTierUnpriced ? `${serviceTier}, at the standard rate` : null,
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
    // Tiers and regions are about tokens: fees per call stay as they are.
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

const LOCAL_PRICE: PriceInForce = {
  ...FIXED,
  id: 'local',
  rates: NO_RATES,
  origin: 'local',
  source: 'a server on this computer',
}

/** 1, 0.10 and 4 dollars per million tokens: what a small hosted model costs. Nobody is billed. */
const DEMO_PRICE: PriceInForce = {
  ...FIXED,
  id: 'demo',
  rates: { ...NO_RATES, input: 1_000_000_000n, cachedInput: 100_000_000n, output: 4_000_000_000n },
  origin: 'demo',
  source: 'demo price, nobody is billed',
}
