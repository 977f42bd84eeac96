// The rates by which a model call is priced.
import * as z from 'zod/mini'

/** Where a price comes from: its origin decides how the receipt words it. */
export const PriceOrigin = z.enum([
  'provider_reported', // the provider named the amount itself (`usage.cost`)
  'provider_list', // the provider's own list
  'maker_list', // the list of the model's maker: the address is a proxy we do not know
  'local', // a local server that was discovered costs nothing
  'demo', // the demo model's price
  'override', // set by the user
])
export type PriceOrigin = z.infer<typeof PriceOrigin>

/** Rates in nano-dollars per million tokens, kept with the row they priced. Null: not charged apart. */
export const PriceRates = z.object({
  inputPerMTok: z.int(),
  cachedInputPerMTok: z.nullable(z.int()),
  cacheWritePerMTok: z.nullable(z.int()),
  outputPerMTok: z.int(),
  origin: PriceOrigin,
  /** What a person reads as the source, e.g. `genai-prices 0.1.8, openai/gpt-5.6-luna`. */
  source: z.string(),
  /** First day this price was in force, when the source says so (YYYY-MM-DD). */
  effectiveFrom: z.nullable(z.string()),
  /** The tier used: a service tier or a long-context threshold, in words. */
  tier: z.nullable(z.string()),
  /** What an hour of the server costs, where time is charged. */
  perHourNanoUsd: z.optional(z.int()),
})
export type PriceRates = z.infer<typeof PriceRates>
