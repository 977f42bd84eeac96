// What a look at usage can be narrowed to, and the calls that are left then.
import * as z from 'zod/mini'
import { ModelCall } from './ledger.ts'

/** Only calls of this conversation, model, … An empty text is those that have none. */
export const UsageFilter = z.object({
  conversation: z.optional(z.string()),
  /** What the provider returned, or else what was requested. */
  model: z.optional(z.string()),
  provider: z.optional(z.string()),
  agent: z.optional(z.string()),
  purpose: z.optional(z.string()),
})
export type UsageFilter = z.infer<typeof UsageFilter>

/** Newest first. */
export const UsageCalls = z.object({
  items: z.array(ModelCall),
  nextCursor: z.nullable(z.string()),
})
export type UsageCalls = z.infer<typeof UsageCalls>
