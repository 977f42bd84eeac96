// The price book: prices that the user sets, disagreements between price lists, and repricing the
// ledger. Rates are nano-dollars per million.
import * as z from 'zod/mini'
import { Certainty, NanoUsd } from './money-schema.ts'
import { t } from './translate.ts'

const Name = z.string().check(z.trim(), z.minLength(1), z.maxLength(200))
const Day = z.nullable(z.iso.date())
const OptionalRate = z._default(z.nullable(NanoUsd), null)

/** A null rate is charged as the whole it is part of: fresh input or output. */
export const OverrideRates = z.object({
  inputPerMTok: NanoUsd,
  cachedInputPerMTok: OptionalRate,
  cacheWritePerMTok: OptionalRate,
  outputPerMTok: NanoUsd,
  audioInputPerMTok: OptionalRate,
  audioOutputPerMTok: OptionalRate,
})
export type OverrideRates = z.infer<typeof OverrideRates>

/** Rates for a service tier, for requests from a given length, or for both. */
export const OverrideTier = z
  .object({
    serviceTier: z._default(z.nullable(Name), null),
    /** The whole request has these rates if its input reaches the threshold. */
    threshold: z._default(
      z.nullable(
        z.object({
          inputTokens: z.int().check(z.positive()),
          /** If true, exactly `inputTokens` tokens reach the threshold; otherwise one more is needed. */
          inclusive: z.boolean(),
        }),
      ),
      null,
    ),
    rates: OverrideRates,
  })
  .check(
    z.refine(({ serviceTier, threshold }) => serviceTier !== null || threshold !== null, {
      error: () => t`needs a service tier or a threshold`,
    }),
  )
export type OverrideTier = z.infer<typeof OverrideTier>

/** A price that the user sets. The newest one that matches a request applies. */
export const SetPrice = z
  .object({
    /** Null for any provider. */
    provider: z._default(z.nullable(Name), null),
    /** A model name, or a pattern with `*`. */
    modelPattern: Name,
    rates: OverrideRates,
    tiers: z._default(z.array(OverrideTier).check(z.maxLength(20)), []),
    /** The price of one hour of a self-hosted server, charged for the time of the request. */
    perHourNanoUsd: OptionalRate,
    /** First and last day in force (UTC). Null means no limit. */
    effectiveFrom: z._default(Day, null),
    effectiveTo: z._default(Day, null),
    /** If true, the price takes precedence over an amount that the provider reports. */
    beatsReported: z._default(z.boolean(), false),
    note: z._default(z.string().check(z.maxLength(500)), ''),
  })
  .check(
    z.refine(
      ({ effectiveFrom, effectiveTo }) =>
        effectiveFrom === null || effectiveTo === null || effectiveFrom <= effectiveTo,
      { error: () => t`ends before it begins`, path: ['effectiveTo'] },
    ),
  )
export type SetPrice = z.infer<typeof SetPrice>
export type SetPriceInput = z.input<typeof SetPrice>

export const PriceOverride = z.extend(SetPrice, {
  id: z.string(),
  /** Incremented by every edit. A ledger row names the version that priced it. */
  version: z.int().check(z.positive()),
  createdAt: z.iso.datetime(),
})
export type PriceOverride = z.infer<typeof PriceOverride>

export const PriceExport = z.object({
  format: z.literal('tally-prices'),
  version: z.literal(1),
  overrides: z.array(SetPrice).check(z.maxLength(1000)),
})
export type PriceExport = z.infer<typeof PriceExport>

export const PriceImport = z.extend(PriceExport, {
  /** Removes all existing overrides first. */
  replace: z._default(z.boolean(), false),
})
export type PriceImport = z.infer<typeof PriceImport>

export const ListedRates = z.object({
  inputPerMTok: z.int(),
  cachedInputPerMTok: z.nullable(z.int()),
  cacheWritePerMTok: z.nullable(z.int()),
  outputPerMTok: z.int(),
})
export type ListedRates = z.infer<typeof ListedRates>

export const RateName = z.enum(['input', 'cachedInput', 'cacheWrite', 'output'])
export type RateName = z.infer<typeof RateName>

/** Two lists have different prices for one day. Requests use the base list. */
export const Disagreement = z.object({
  provider: z.string(),
  model: z.string(),
  base: ListedRates,
  second: ListedRates,
  difference: z.array(RateName),
  /** The source of the second price, and the day of the comparison. */
  source: z.string(),
  date: z.string(),
})
export type Disagreement = z.infer<typeof Disagreement>

export const PriceBook = z.object({
  base: z.object({
    name: z.string(),
    version: z.string(),
    /** The date of its newest price. */
    newestPrice: z.nullable(z.string()),
  }),
  second: z.object({ models: z.int(), from: z.string(), to: z.string() }),
  disagreements: z.array(Disagreement),
  /** Newest first, the order in which they are tried. */
  overrides: z.array(PriceOverride),
})
export type PriceBook = z.infer<typeof PriceBook>

// --- pricing the ledger again

export const RepriceFilter = z.object({
  /** Days or times, as in the usage summary. */
  from: z._default(z.nullable(z.string()), null),
  to: z._default(z.nullable(z.string()), null),
  provider: z._default(z.nullable(Name), null),
  /** The model as returned by the provider, or as requested. */
  model: z._default(z.nullable(Name), null),
})
export type RepriceFilter = z.infer<typeof RepriceFilter>

export const RepriceRequest = z.extend(RepriceFilter, {
  /** If true, nothing is changed. */
  preview: z._default(z.boolean(), true),
})
export type RepriceRequest = z.infer<typeof RepriceRequest>

/** A sum of the rows that change, before or after. */
export const RepriceSum = z.object({
  costNanoUsd: z.nullable(NanoUsd),
  certainty: Certainty,
  unpricedCalls: z.int(),
})
export type RepriceSum = z.infer<typeof RepriceSum>

export const RepricedGroup = z.object({
  conversationId: z.nullable(z.string()),
  title: z.string(),
  rows: z.int(),
  before: RepriceSum,
  after: RepriceSum,
})
export type RepricedGroup = z.infer<typeof RepricedGroup>

export const RepricePreview = z.object({
  /** The number of rows examined. `changed` is the number that would change. */
  rows: z.int(),
  changed: z.int(),
  before: RepriceSum,
  after: RepriceSum,
  conversations: z.array(RepricedGroup),
})
export type RepricePreview = z.infer<typeof RepricePreview>

export const BatchStatus = z.enum(['running', 'done', 'undoing', 'undone', 'interrupted'])
export type BatchStatus = z.infer<typeof BatchStatus>

/** Rows that were repriced together. */
export const PriceBatch = z.object({
  id: z.string(),
  at: z.iso.datetime(),
  status: BatchStatus,
  filter: RepriceFilter,
  /** The number of rows changed so far. */
  changed: z.int(),
  /** Rows that an undo skipped because they were changed again. */
  kept: z.int(),
})
export type PriceBatch = z.infer<typeof PriceBatch>
export const PriceBatches = z.object({ items: z.array(PriceBatch), nextCursor: z.null() })
export type PriceBatches = z.infer<typeof PriceBatches>
