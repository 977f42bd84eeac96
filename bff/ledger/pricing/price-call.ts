// Prices one request. Each component is quantity × rate, rounded once to the nano-dollar, half to
// even; the amount is their sum. An amount that the provider reports takes precedence, and the
// computed one is kept beside it.
import type { CallFlag, CostLine, PriceRates } from '#shared/ledger.ts'
import type { Certainty } from '#shared/money-schema.ts'
import { divide } from '#shared/decimal.ts'
import type { PriceOverride } from '#shared/prices.ts'
import { overrideOf, priceOf, toPriceRates } from './price-in-force.ts'
import type { PriceInForce, PriceTarget } from './price.ts'
import type { Rates } from './price-list.ts'
import type { Usage } from '../usage/read-usage.ts'
import { english } from '#shared/translate.ts'

export interface Priceable {
  target: PriceTarget
  /** As the provider returned it. Null if not reported. */
  modelReturned: string | null
  modelRequested: string
  at: string
  /** As the provider returned it. */
  serviceTier: string | null
  usage: Usage
  /** True if the token counts are estimated because the provider did not report them. */
  isEstimate: boolean
  /** The prices the user set, newest first. */
  overrides?: readonly PriceOverride[]
  /** The duration of the request, for a server that is paid by the hour. */
  durationMs?: number
}

export interface Priced {
  costNanoUsd: number | null
  certainty: Certainty
  priceId: string | null
  price: PriceRates | null
  lines: CostLine[]
  computedNanoUsd: number | null
  flags: CallFlag[]
}

/** Returns the cost in nano-dollars with its certainty. Null and `unknown` if there is no price. */
export function priceCall(call: Priceable): Priced {
  const { usage, isEstimate } = call
  const price = priceOfAnswer(call)
  const items = price === null ? null : holdable(costLines(call, price))
  const flags = [...usage.flags, ...(price === null ? [] : priceFlags(price, usage))]
  const computed = items === null ? null : sumOfLines(items)
  const common = {
    lines: items ?? [],
    computedNanoUsd: computed,
    flags,
    priceId: price?.id ?? null,
    price: price === null ? null : toPriceRates(price),
  }
  const isOverruled = price?.beatsReported === true && computed !== null
  if (usage.reportedNanoUsd !== null && !isOverruled) {
    return asReported(common, usage.reportedNanoUsd)
  }
  if (computed === null) return { ...common, costNanoUsd: null, certainty: 'unknown' }
  const isCounted = !isEstimate || isByTimeAlone(price)
  const isCertain = isCounted && !flags.some((flag) => UNCERTAIN.has(flag))
  return { ...common, costNanoUsd: computed, certainty: isCertain ? 'computed' : 'estimated' }
}

/** Returns null if the sum is too large for the ledger to hold. */
function holdable(items: CostLine[] | null): CostLine[] | null {
  return items === null || Number.isSafeInteger(sumOfLines(items)) ? items : null
}

/** True if only time is charged: token counts, reported or not, do not affect the amount. */
function isByTimeAlone(price: PriceInForce | null): boolean {
  if (price === null || price.perHour === null) return false
  return Object.values(price.rates).every((rate) => rate === null || rate === 0n)
}

/**
 * Returns the price of the model that answered. A snapshot missing from the book costs what its
 * family costs if the family was requested. A price the user set for the requested name applies to
 * any model that answered.
 */
function priceOfAnswer(call: Priceable): PriceInForce | null {
  const { target, modelReturned, modelRequested, at, serviceTier, usage, overrides = [] } = call
  const inputTokens = usage.inputTokens ?? 0
  const circumstances = { at: new Date(at), inputTokens, serviceTier, overrides }
  if (modelReturned === null) return priceOf(target, modelRequested, circumstances)
  const price =
    overrideOf(target, modelReturned, circumstances) ??
    overrideOf(target, modelRequested, circumstances) ??
    priceOf(target, modelReturned, circumstances)
  if (price !== null) return price
  const suffix = modelReturned.startsWith(modelRequested)
    ? modelReturned.slice(modelRequested.length)
    : ''
  const isSnapshot = /^-(\d{4}-\d{2}-\d{2}|\d{8})$/.test(suffix)
  return isSnapshot ? priceOf(target, modelRequested, circumstances) : null
}

/** A total that does not add up is only flagged, because the parts are billed. */
const UNCERTAIN = new Set<CallFlag>(['parts_exceed_whole', 'tier_unpriced', 'tokens_unpriced'])

function asReported(common: Omit<Priced, 'costNanoUsd' | 'certainty'>, nano: bigint): Priced {
  const { price } = common
  const source =
    price === null ? '' : english`the provider’s own amount; for comparison ${price.source}`
  return {
    ...common,
    costNanoUsd: Number(nano),
    certainty: 'reported',
    priceId: common.priceId ?? 'reported',
    price: price === null ? null : { ...price, origin: 'provider_reported', source },
  }
}

function priceFlags(price: PriceInForce, usage: Usage): CallFlag[] {
  const { rates } = price
  // A price the user set charges audio without its own rate as text.
  const isSet = price.origin === 'override'
  const isUnpriced =
    (rates.audioInput === null && !isSet && positive(usage.audioInputTokens)) ||
    (rates.audioOutput === null && !isSet && positive(usage.audioOutputTokens)) ||
    (rates.webSearch === null && positive(usage.webSearches)) ||
    (rates.request !== null && price.isRequestFeeAtMost)
  const isFree = price.origin === 'local'
  return [
    ...(price.isTierUnpriced ? (['tier_unpriced'] as const) : []),
    ...(isUnpriced && !isFree ? (['tokens_unpriced'] as const) : []),
  ]
}

function positive(count: number | null): boolean {
  return count !== null && count > 0
}

interface Counted {
  usage: Usage
  durationMs?: number
  /** The number of requests the counts include. 1 by default. */
  requests?: number
}

/** Returns null if the input or output count is unknown, because a partial amount is misleading. */
export function costLines(counted: Counted, price: PriceInForce): CostLine[] | null {
  const { usage, durationMs = 0, requests = 1 } = counted
  const { rates, perHour } = price
  const { inputTokens, outputTokens } = usage
  const time = perHour === null ? [] : [timeLine(durationMs, perHour)]
  if (inputTokens === null || outputTokens === null) return isByTimeAlone(price) ? time : null
  return [
    ...inputLines(usage, inputTokens, rates),
    ...outputLines(usage, outputTokens, rates),
    ...lineIfAny('request', requests, rates.request),
    ...time,
  ]
}

/** Rounds once, from the hourly price: a rate per millisecond would be rounded twice. */
function timeLine(durationMs: number, perHour: bigint): CostLine {
  const quantity = Math.max(0, Math.round(durationMs))
  return {
    kind: 'time',
    quantity,
    perMillion: Number(divide(perHour * 1_000_000n, MS_PER_HOUR)),
    amountNanoUsd: Number(divide(BigInt(quantity) * perHour, MS_PER_HOUR)),
  }
}

const MS_PER_HOUR = 3_600_000n

/** Fresh input = input − cached − written − audio. A part without its own rate is charged as fresh. */
function inputLines(usage: Usage, input: number, rates: Rates): CostLine[] {
  const cached = usage.cachedInputTokens ?? 0
  const written = usage.cacheWriteTokens ?? 0
  const long = Math.min(usage.longCacheWriteTokens ?? 0, written)
  const audio = rates.audioInput === null ? 0 : (usage.audioInputTokens ?? 0)
  const writeRate = rates.cacheWrite ?? rates.input
  return [
    line('input', Math.max(0, input - cached - written - audio), rates.input),
    ...lineIfAny('cached_input', cached, rates.cachedInput ?? rates.input),
    ...lineIfAny('cache_write', written - long, writeRate),
    ...lineIfAny('cache_write', long, rates.longCacheWrite ?? writeRate),
    ...lineIfAny('audio_input', audio, rates.audioInput),
  ]
}

/** Reasoning is part of the output and is not added again. */
function outputLines(usage: Usage, output: number, rates: Rates): CostLine[] {
  const audio = rates.audioOutput === null ? 0 : (usage.audioOutputTokens ?? 0)
  const reasoning = rates.reasoning === null ? 0 : (usage.reasoningTokens ?? 0)
  return [
    line('output', Math.max(0, output - audio - reasoning), rates.output),
    ...lineIfAny('reasoning', reasoning, rates.reasoning),
    ...lineIfAny('audio_output', audio, rates.audioOutput),
    ...lineIfAny('output', usage.citationTokens, rates.citation),
    ...lineIfAny('web_search', usage.webSearches, rates.webSearch),
  ]
}

function lineIfAny(
  kind: CostLine['kind'],
  quantity: number | null,
  perMillion: bigint | null,
): CostLine[] {
  return quantity === null || quantity === 0 || perMillion === null
    ? []
    : [line(kind, quantity, perMillion)]
}

function line(kind: CostLine['kind'], quantity: number, perMillion: bigint): CostLine {
  const amount = divide(BigInt(quantity) * perMillion, 1_000_000n)
  return { kind, quantity, perMillion: Number(perMillion), amountNanoUsd: Number(amount) }
}

/** Returns the sum in nano-dollars. */
export function sumOfLines(lines: CostLine[]): number {
  return Number(lines.reduce((total, { amountNanoUsd }) => total + BigInt(amountNanoUsd), 0n))
}
