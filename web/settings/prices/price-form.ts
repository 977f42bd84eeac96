// Converts a price to form fields and back. Amounts stay text until they are parsed exactly.
import { type OverrideRates, type OverrideTier, SetPrice } from '#shared/prices.ts'
import { parseTokens } from '../usd.ts'
import { readUsd, writeUsd } from './usd-text.ts'
import { t, tAs } from '#shared/translate.ts'

export const RATES = [
  { name: 'inputPerMTok', label: t`Input`, hint: null },
  {
    name: 'cachedInputPerMTok',
    label: tAs('a short label')`Cached input`,
    hint: t`Leave blank to use the input price`,
  },
  {
    name: 'cacheWritePerMTok',
    label: tAs('a short label')`Cache write`,
    hint: t`Leave blank to use the input price`,
  },
  { name: 'outputPerMTok', label: t`Output`, hint: null },
  { name: 'audioInputPerMTok', label: t`Audio input`, hint: t`Leave blank to use the input price` },
  {
    name: 'audioOutputPerMTok',
    label: t`Audio output`,
    hint: t`Leave blank to use the output price`,
  },
] as const
export type RateName = (typeof RATES)[number]['name']
export type RateTexts = Record<RateName, string>

export interface TierForm {
  serviceTier: string
  tokens: string
  inclusive: boolean
  rates: RateTexts
}

export interface PriceForm {
  provider: string
  modelPattern: string
  rates: RateTexts
  perHour: string
  tiers: TierForm[]
  from: string
  to: string
  beatsReported: boolean
  note: string
}

const NO_RATES: RateTexts = {
  inputPerMTok: '',
  cachedInputPerMTok: '',
  cacheWritePerMTok: '',
  outputPerMTok: '',
  audioInputPerMTok: '',
  audioOutputPerMTok: '',
}

export const NEW_TIER: TierForm = { serviceTier: '', tokens: '', inclusive: false, rates: NO_RATES }

export function newPrice(provider: string, modelPattern: string): PriceForm {
  return {
    provider,
    modelPattern,
    rates: NO_RATES,
    perHour: '',
    tiers: [],
    from: '',
    to: '',
    beatsReported: false,
    note: '',
  }
}

export function toPriceForm(price: SetPrice): PriceForm {
  return {
    provider: price.provider ?? '',
    modelPattern: price.modelPattern,
    rates: toTexts(price.rates),
    perHour: writeUsd(price.perHourNanoUsd),
    tiers: price.tiers.map(({ serviceTier, threshold, rates }) => ({
      serviceTier: serviceTier ?? '',
      tokens: threshold === null ? '' : String(threshold.inputTokens),
      inclusive: threshold?.inclusive ?? false,
      rates: toTexts(rates),
    })),
    from: price.effectiveFrom ?? '',
    to: price.effectiveTo ?? '',
    beatsReported: price.beatsReported,
    note: price.note,
  }
}

function toTexts(rates: OverrideRates): RateTexts {
  return {
    inputPerMTok: writeUsd(rates.inputPerMTok),
    cachedInputPerMTok: writeUsd(rates.cachedInputPerMTok),
    cacheWritePerMTok: writeUsd(rates.cacheWritePerMTok),
    outputPerMTok: writeUsd(rates.outputPerMTok),
    audioInputPerMTok: writeUsd(rates.audioInputPerMTok),
    audioOutputPerMTok: writeUsd(rates.audioOutputPerMTok),
  }
}

type Parsed = { ok: true; price: SetPrice } | { ok: false; wrong: string[] }

/**
 * Parses the form; `wrong` lists field paths: `modelPattern`, `rates.inputPerMTok`,
 * `tiers.0.serviceTier`.
 */
export function parsePrice(form: PriceForm): Parsed {
  const { provider, modelPattern, beatsReported, note, from, to } = form
  const result = SetPrice.safeParse({
    provider: orNull(provider),
    modelPattern,
    rates: toNano(form.rates, form.perHour !== ''),
    tiers: form.tiers.map(toTier),
    perHourNanoUsd: amount(form.perHour),
    effectiveFrom: orNull(from),
    effectiveTo: orNull(to),
    beatsReported,
    note: note.trim(),
  })
  if (result.success) return { ok: true, price: result.data }
  return { ok: false, wrong: result.error.issues.map(({ path }) => path.join('.')) }
}

function toTier({ serviceTier, tokens, inclusive, rates }: TierForm): unknown {
  return {
    serviceTier: orNull(serviceTier),
    threshold: tokens.trim() === '' ? null : { inputTokens: parseTokens(tokens), inclusive },
    rates: toNano(rates, false),
  } satisfies Record<keyof OverrideTier, unknown>
}

/** Empty rates are zero for a server that is paid by the hour. */
function toNano(texts: RateTexts, isFreeByToken: boolean): Record<RateName, unknown> {
  const required = (text: string): unknown => (text === '' && isFreeByToken ? 0 : readUsd(text))
  return {
    inputPerMTok: required(texts.inputPerMTok),
    cachedInputPerMTok: amount(texts.cachedInputPerMTok),
    cacheWritePerMTok: amount(texts.cacheWritePerMTok),
    outputPerMTok: required(texts.outputPerMTok),
    audioInputPerMTok: amount(texts.audioInputPerMTok),
    audioOutputPerMTok: amount(texts.audioOutputPerMTok),
  }
}

/** Returns an invalid amount as text, which the schema rejects. */
function amount(text: string): unknown {
  return text.trim() === '' ? null : (readUsd(text) ?? text)
}

function orNull(text: string): string | null {
  return text.trim() === '' ? null : text.trim()
}
