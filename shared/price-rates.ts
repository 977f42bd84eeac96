// The rates that price a model call.
import * as z from 'zod/mini'

/** Where a price comes from. Decides the wording of the receipt. */
export const PriceOrigin = z.enum([
  'provider_reported', // the provider reported the amount (`usage.cost`)
  'provider_list', // the provider's own list
  'maker_list', // the list of the model's maker, for an address that is an unknown proxy
  'local', // a discovered local server, which costs nothing
  'demo', // the demo model's price
  'override', // set by the user
])
export type PriceOrigin = z.infer<typeof PriceOrigin>

/** Rates in nano-dollars per million tokens, stored with the row. Null if not charged separately. */
export const PriceRates = z.object({
  inputPerMTok: z.int(),
  cachedInputPerMTok: z.nullable(z.int()),
  cacheWritePerMTok: z.nullable(z.int()),
  outputPerMTok: z.int(),
  origin: PriceOrigin,
  /** A label for the source, such as `genai-prices 0.1.8, openai/gpt-5.6-luna`. */
  source: z.string(),
  /** The first day this price was in force (YYYY-MM-DD), if the source has one. */
  effectiveFrom: z.nullable(z.string()),
  /** A label for the service tier or long-context threshold that applies. */
  tier: z.nullable(z.string()),
  /** The price of one hour of the server, if time is charged. */
  perHourNanoUsd: z.optional(z.int()),
})
export type PriceRates = z.infer<typeof PriceRates>
