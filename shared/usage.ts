// Filters for usage, and the calls that match.
import * as z from 'zod/mini'
import { ModelCall } from './ledger.ts'
import { ToolUse } from './tool-uses.ts'

/** Only calls of this conversation, model, and so on. An empty string matches calls without one. */
export const UsageFilter = z.object({
  conversation: z.optional(z.string()),
  /** The model as returned by the provider, or as requested if none was returned. */
  model: z.optional(z.string()),
  provider: z.optional(z.string()),
  agent: z.optional(z.string()),
  purpose: z.optional(z.string()),
  /** `true` selects demo calls instead of billed ones. */
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

/** One use of a tool with its conversation. The cost of carrying its result is up to now. */
export const UsageToolUse = z.extend(ToolUse, {
  conversationId: z.string(),
  /** Null if the conversation is deleted. */
  conversationTitle: z.nullable(z.string()),
})
export type UsageToolUse = z.infer<typeof UsageToolUse>

export const UsageToolUses = z.object({
  items: z.array(UsageToolUse),
  nextCursor: z.nullable(z.string()),
  /** Uses in purged conversations, of every UTC day the period touches. */
  goneUses: z.int().check(z.nonnegative()),
})
export type UsageToolUses = z.infer<typeof UsageToolUses>
