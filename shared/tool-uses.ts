// What a tool returned, how long that is, and what carrying it has cost since.
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
  /** Of the result, by Tally's own tokenizer: always an estimate. */
  resultTokens: Count,
  /** Requests that have carried the result, the first one included, on all branches. */
  reads: Count,
  /** Of them, those without a price. */
  unpricedReads: Count,
  /** Its share of what their input cost: always an estimate. Null: none of them has a price. */
  costNanoUsd: z.nullable(NanoUsd),
  /** The model gets a short sentence in its place. */
  dropped: z.boolean(),
  /** Only the demo has carried it, and nobody is billed. */
  demo: z.optional(z.literal(true)),
})
export type ToolUse = z.infer<typeof ToolUse>

export const ToolUseList = z.object({ items: z.array(ToolUse), nextCursor: z.null() })
export type ToolUseList = z.infer<typeof ToolUseList>

/** Takes a result out of what the model gets, or puts it back. */
export const UpdateContext = z.object({
  messageId: z.string(),
  callId: z.string(),
  dropped: z.boolean(),
})
export type UpdateContext = z.infer<typeof UpdateContext>
