// What a look at usage can be narrowed to, and the calls that are left then.
import * as z from 'zod/mini'
import { ModelCall } from './ledger.ts'
import { ToolUse } from './tool-uses.ts'

/** Only calls of this conversation, model, … An empty text is those that have none. */
export const UsageFilter = z.object({
  conversation: z.optional(z.string()),
  /** What the provider returned, or else what was requested. */
  model: z.optional(z.string()),
  provider: z.optional(z.string()),
  agent: z.optional(z.string()),
  purpose: z.optional(z.string()),
  /** `true`: what the demo answered, in place of what was billed. */
  demo: z.optional(z.literal('true')),
})
export type UsageFilter = z.infer<typeof UsageFilter>

/** Newest first. */
export const UsageCalls = z.object({
  items: z.array(ModelCall),
  nextCursor: z.nullable(z.string()),
})
export type UsageCalls = z.infer<typeof UsageCalls>

export const ToolUseOrder = z.enum(['newest', 'dearest'])
export type ToolUseOrder = z.infer<typeof ToolUseOrder>

/** One use of a tool, with where it was. What carrying its result has cost is up to now. */
export const UsageToolUse = z.extend(ToolUse, {
  conversationId: z.string(),
  /** Null: the conversation is deleted. */
  conversationTitle: z.nullable(z.string()),
})
export type UsageToolUse = z.infer<typeof UsageToolUse>

export const UsageToolUses = z.object({
  items: z.array(UsageToolUse),
  nextCursor: z.nullable(z.string()),
  /** Uses in conversations that are gone for good, of every UTC day that the period touches. */
  goneUses: z.int().check(z.nonnegative()),
})
export type UsageToolUses = z.infer<typeof UsageToolUses>
