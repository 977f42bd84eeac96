// The price book: the installed @pydantic/genai-prices data. Uses its dated entries, daily windows
// and long-context tiers, but not its float arithmetic.
import {
  calcPrice,
  findProvider,
  type ConditionalPrice,
  type MatchLogic,
  type ModelInfo,
  type ModelPrice,
} from '@pydantic/genai-prices'
import { scaled } from '#shared/decimal.ts'
import { hasPeakHours, thresholdOf } from './price-supplement.ts'
import { memoize } from '../../cache/lru-map.ts'
import { english } from '#shared/translate.ts'

/** Part of the id of a price. */
const ENGLISH = 'en-US'

/** Nano-dollars per million tokens, or per million requests or searches. Null if not charged apart. */
export interface Rates {
  input: bigint
  cachedInput: bigint | null
  cacheWrite: bigint | null
  /** For an entry that is kept for an hour. */
  longCacheWrite: bigint | null
  output: bigint
  reasoning: bigint | null
  citation: bigint | null
  audioInput: bigint | null
  cachedAudioInput: bigint | null
  audioOutput: bigint | null
  request: bigint | null
  webSearch: bigint | null
}

export interface ListPrice {
  provider: string
  model: string
  rates: Rates
  /** The first day in force, if the list has one. */
  effectiveFrom: string | null
  /** A label for the daily window that applies. */
  window: string | null
  longContext: string | null
}

/** Returns the model that `provider` lists under `name`, or null. */
export function listedModel(provider: string, name: string): ModelInfo | null {
  return foundBy(provider)(name)
}

/** Searching a list takes a moment, and a router offers hundreds of models. */
const foundBy = memoize((provider) =>
  memoize((name): ModelInfo | null => {
    // Google's compatible endpoint returns `models/gemini-…`.
    const model = name.replace(/^models\//, '')
    return calcPrice({}, model, { providerId: provider })?.model ?? null
  }),
)

/** Returns the price of `name` at that time and input length in tokens. Null if not listed. */
export function listPrice(
  provider: string,
  name: string,
  at: Date,
  inputTokens: number,
): ListPrice | null {
  const model = listedModel(provider, name)
  return model === null ? null : priceOfListed({ provider, model, name }, at, inputTokens)
}

/** A model found in a provider's list. Kept because finding it is slow. */
export interface Listing {
  provider: string
  model: ModelInfo
  /** The name that was requested. */
  name: string
}

export function priceOfListed(
  { provider, model, name }: Listing,
  at: Date,
  inputTokens: number,
): ListPrice | null {
  const { prices, constraint } = entryInForce(provider, model, at)
  const rate = (key: string): bigint | null => rateOf(provider, prices[key], inputTokens)
  const rates = readRates(rate, prices, name)
  if (rates === null) return null
  return {
    provider,
    model: model.id,
    rates,
    effectiveFrom: constraint?.type === 'start_date' ? constraint.start_date : null,
    window: constraint?.type === 'time_of_date' ? formatWindow(constraint) : null,
    longContext: formatLongContext(provider, prices, inputTokens),
  }
}

/** Returns true only for the maker's own model, not for a variant or a third-party build. */
export function listsExactly(provider: string, name: string): boolean {
  const model = listedModel(provider, name)
  if (model === null || /openrouter/i.test(model.price_comments ?? '')) return false
  return model.id === name.toLowerCase() || isNamed(model.match, name.toLowerCase())
}

function isNamed(match: MatchLogic, name: string): boolean {
  if ('or' in match) return match.or.some((one) => isNamed(one, name))
  if ('equals' in match) return match.equals.toLowerCase() === name
  if ('regex' in match) return /^\^.*\$$/.test(match.regex) && new RegExp(match.regex).test(name)
  if (!('starts_with' in match) || !name.startsWith(match.starts_with.toLowerCase())) return false
  return /^-(\d{8}|\d{4}-\d{2}-\d{2})$/.test(name.slice(match.starts_with.length))
}

/** The last matching entry wins; an entry without a constraint always matches. */
function entryInForce(provider: string, model: ModelInfo, at: Date): ConditionalPrice {
  if (!Array.isArray(model.prices)) return { prices: model.prices }
  const withPeaks = hasPeakHours(provider, model.id, at)
  const inForce = model.prices.findLast(({ constraint }) => {
    if (constraint === undefined) return true
    if (constraint.type === 'start_date') return at >= new Date(constraint.start_date)
    return withPeaks && isWithin(constraint, at)
  })
  return inForce ?? model.prices[0] ?? { prices: {} }
}

interface DailyWindow {
  start_time: string
  end_time: string
}

function isWithin({ start_time, end_time }: DailyWindow, at: Date): boolean {
  const time = at.toISOString().slice(11, 23)
  const [start, end] = [utcTime(start_time), utcTime(end_time)]
  return end < start ? time >= start || time < end : time >= start && time < end
}

/** The book writes times as `16:30:00Z` or with an offset. In UTC they sort as text. */
function utcTime(time: string): string {
  return new Date(`1970-01-02T${time}`).toISOString().slice(11, 23)
}

function formatWindow({ start_time, end_time }: DailyWindow): string {
  return `${utcTime(start_time).slice(0, 5)}–${utcTime(end_time).slice(0, 5)} UTC`
}

type RateOf = (key: string) => bigint | null

function readRates(rate: RateOf, prices: ModelPrice, name: string): Rates | null {
  const isFree = Object.keys(prices).length === 0 && name.endsWith(':free')
  const input = isFree ? 0n : rate('input_mtok')
  const output = isFree ? 0n : rate('output_mtok')
  // An embedding has no output price, and an empty entry may mean "free" or "unknown".
  if (input === null || output === null) return null
  return {
    input,
    output,
    cachedInput: rate('cache_read_mtok'),
    cacheWrite: rate('cache_write_mtok'),
    longCacheWrite: rate('cache_write_1h_mtok'),
    reasoning: rate('output_reasoning_mtok'),
    citation: rate('output_citation_mtok'),
    audioInput: rate('input_audio_mtok'),
    cachedAudioInput: rate('cache_audio_read_mtok'),
    audioOutput: rate('output_audio_mtok'),
    request: perThousand(rate('requests_kcount')),
    webSearch: perThousand(rate('web_searches_kcount')),
  }
}

function perThousand(rate: bigint | null): bigint | null {
  return rate === null ? null : rate * 1000n
}

/** Returns every input length in tokens after which some list charges other rates. */
export function listThresholds(providers: string[]): number[] {
  const starts = providers.flatMap((provider) =>
    modelsOf(provider).flatMap((model) =>
      entriesOf(model).flatMap(({ prices }) =>
        tiersOf(prices).map(({ start }) => thresholdOf(provider, start)),
      ),
    ),
  )
  return [...new Set(starts)].toSorted((a, b) => a - b)
}

export function modelsOf(providerId: string): ModelInfo[] {
  return findProvider({ providerId })?.models ?? []
}

function entriesOf({ prices }: ModelInfo): ConditionalPrice[] {
  return Array.isArray(prices) ? prices : [{ prices }]
}

function tiersOf(prices: ModelPrice) {
  return Object.values(prices).flatMap((price) => (typeof price === 'object' ? price.tiers : []))
}

function rateOf(provider: string, price: ModelPrice[string], inputTokens: number): bigint | null {
  if (price === undefined) return null
  if (typeof price === 'number') return scaled(price, 9)
  const tier = price.tiers
    .toSorted((a, b) => a.start - b.start)
    .findLast(({ start }) => inputTokens > thresholdOf(provider, start))
  return scaled(tier?.price ?? price.base, 9)
}

function formatLongContext(
  provider: string,
  prices: ModelPrice,
  inputTokens: number,
): string | null {
  const reached = tiersOf(prices)
    .map(({ start }) => thresholdOf(provider, start))
    .filter((start) => inputTokens > start)
  if (reached.length === 0) return null
  const start = Math.max(...reached)
  // The book stores exclusive starts: 199,999 means "200,000 or more".
  return (start + 1) % 1000 === 0
    ? english`long context: ${(start + 1).toLocaleString(ENGLISH)} input tokens or more`
    : english`long context: more than ${start.toLocaleString(ENGLISH)} input tokens`
}
