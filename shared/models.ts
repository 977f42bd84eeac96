// The available models, by provider.
import * as z from 'zod/mini'
import { PriceRates } from './price-rates.ts'

export const ModelInfo = z.object({
  id: z.string(),
  contextWindow: z.nullable(z.int()),
  /** The price in force. Null if there is none; then answers are `unpriced`. */
  price: z.nullable(PriceRates),
  default: z.boolean(),
  /** True if the user marked it, so that it is listed first. */
  favorite: z.optional(z.boolean()),
  /** The finding of a check. Absent if the endpoint was not checked. */
  reportsUsage: z.optional(z.boolean()),
})
export type ModelInfo = z.infer<typeof ModelInfo>

export const ProviderKind = z.enum(['configured', 'discovered', 'demo'])
export type ProviderKind = z.infer<typeof ProviderKind>

export const ProviderModels = z.object({
  name: z.string(),
  kind: ProviderKind,
  models: z.array(ModelInfo),
  /** Why the provider's list of models could not be read. Null if it could. */
  problem: z.nullable(z.string()),
  /** True if it requires a key and has none. */
  needsKey: z.optional(z.boolean()),
})
export type ProviderModels = z.infer<typeof ProviderModels>

export const ModelList = z.object({
  items: z.array(ProviderModels),
  nextCursor: z.null(),
  default: z.nullable(z.object({ provider: z.string(), model: z.string() })),
})
export type ModelList = z.infer<typeof ModelList>
