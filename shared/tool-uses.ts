// The result of a tool, its size, and the cost of carrying it.
import * as z from 'zod/mini'
import { NanoUsd } from './money-schema.ts'

const Count = z.int().check(z.nonnegative())

export const ToolUse = z.object({
  messageId: z.string(),
  callId: z.string(),
  name: z.string(),
  status: z.enum(['ok', 'failed', 'unknown']),
  durationMs: z.nullable(z.int()),
  at: z.iso.datetime(),
  /** Tokens of the result, by Tally's own tokenizer. Always an estimate. */
  resultTokens: Count,
  /** The number of requests that carried the result, on all branches. */
  reads: Count,
  /** Those of them without a price. */
  unpricedReads: Count,
  /** The result's share of their input cost, always an estimate. Null if none has a price. */
  costNanoUsd: z.nullable(NanoUsd),
  /** True if the model gets a short sentence instead. */
  dropped: z.boolean(),
  /** True if only demo requests carried it: not billed. */
  demo: z.optional(z.literal(true)),
})
export type ToolUse = z.infer<typeof ToolUse>

export const ToolUseList = z.object({ items: z.array(ToolUse), nextCursor: z.null() })
export type ToolUseList = z.infer<typeof ToolUseList>

/** Removes a result from what the model gets, or restores it. */
export const UpdateContext = z.object({
  messageId: z.string(),
  callId: z.string(),
  dropped: z.boolean(),
})
export type UpdateContext = z.infer<typeof UpdateContext>
