// Finds the price that the user set for a request: the newest whose provider, model pattern and dates
// match. Of its tiers, the most specific one applies.
import type { OverrideRates, OverrideTier, PriceOverride } from '#shared/prices.ts'
import { fitsPattern } from '../../config/model-pattern.ts'
import type { PriceInForce } from './price.ts'
import type { Rates } from './price-list.ts'
import { isStandardTier } from './price-supplement.ts'
import { english } from '#shared/translate.ts'

/** Part of the id of a price. */
const ENGLISH = 'en-US'

export interface PriceQuery {
  /** Undefined if unknown: then only prices for any provider match. */
  provider: string | undefined
  model: string
  at: Date
  inputTokens: number
  serviceTier: string | null
}

/** `overrides` is sorted newest first. */
export function overrideFor(
  overrides: readonly PriceOverride[],
  asked: PriceQuery,
): PriceInForce | null {
  const found = overrides.find((override) => fits(override, asked))
  return found === undefined ? null : toPrice(found, asked)
}

function fits(override: PriceOverride, { provider, model, at }: PriceQuery): boolean {
  const { effectiveFrom, effectiveTo } = override
  const day = at.toISOString().slice(0, 10)
  return (
    (override.provider === null || override.provider === provider) &&
    (effectiveFrom === null || effectiveFrom <= day) &&
    (effectiveTo === null || day <= effectiveTo) &&
    fitsPattern(model, override.modelPattern)
  )
}

function toPrice(override: PriceOverride, asked: PriceQuery): PriceInForce {
  const tier = override.tiers.filter((one) => applies(one, asked)).toSorted(byMeaning)[0]
  const isTierUnpriced =
    !isStandardTier(asked.serviceTier) && (tier === undefined || tier.serviceTier === null)
  const words = [
    isTierUnpriced ? english`${asked.serviceTier ?? ''}, at the standard rate` : null,
    tier?.serviceTier ?? null,
    tier === undefined ? null : formatThreshold(tier),
  ].filter((word) => word !== null)
  return {
    id: [`override:${override.id}@${override.version}`, ...words].join('#'),
    rates: toRates(tier?.rates ?? override.rates),
    origin: 'override',
    source: formatSource(override),
    effectiveFrom: override.effectiveFrom,
    tier: words.length === 0 ? null : words.join(', '),
    isTierUnpriced,
    isRequestFeeAtMost: false,
    perHour: override.perHourNanoUsd === null ? null : BigInt(override.perHourNanoUsd),
    beatsReported: override.beatsReported,
  }
}

function applies({ serviceTier, threshold }: OverrideTier, asked: PriceQuery): boolean {
  if (serviceTier !== null && serviceTier !== asked.serviceTier) return false
  if (threshold === null) return true
  const { inputTokens, inclusive } = threshold
  return inclusive ? asked.inputTokens >= inputTokens : asked.inputTokens > inputTokens
}

/** Tiers with a service tier first, then those with the longest threshold. */
function byMeaning(a: OverrideTier, b: OverrideTier): number {
  const named = Number(b.serviceTier !== null) - Number(a.serviceTier !== null)
  return named === 0 ? start(b) - start(a) : named
}

function start({ threshold }: OverrideTier): number {
  return threshold?.inputTokens ?? 0
}

function formatThreshold({ threshold }: OverrideTier): string | null {
  if (threshold === null) return null
  const tokens = threshold.inputTokens.toLocaleString(ENGLISH)
  return threshold.inclusive
    ? english`long context: ${tokens} input tokens or more`
    : english`long context: more than ${tokens} input tokens`
}

function formatSource({ provider, modelPattern, note }: PriceOverride): string {
  const name = provider === null ? modelPattern : `${provider}/${modelPattern}`
  return note === '' ? english`your price for ${name}` : english`your price for ${name}: ${note}`
}

function toRates(rates: OverrideRates): Rates {
  const orNull = (rate: number | null): bigint | null => (rate === null ? null : BigInt(rate))
  return {
    input: BigInt(rates.inputPerMTok),
    cachedInput: orNull(rates.cachedInputPerMTok),
    cacheWrite: orNull(rates.cacheWritePerMTok),
    longCacheWrite: null,
    output: BigInt(rates.outputPerMTok),
    reasoning: null,
    citation: null,
    audioInput: orNull(rates.audioInputPerMTok),
    cachedAudioInput: null,
    audioOutput: orNull(rates.audioOutputPerMTok),
    request: null,
    webSearch: null,
  }
}
