// What was paid, call by call and in sums.
import * as z from 'zod/mini'
import { CallCache } from './call-cache.ts'
import { ModelCall } from './ledger.ts'
import { Certainty, NanoUsd } from './money-schema.ts'
import { Totals } from './totals.ts'

export const ReceiptCall = z.extend(ModelCall, {
  /** Absent where nothing is known about what came before it. */
  cache: z.optional(CallCache),
})
export type ReceiptCall = z.infer<typeof ReceiptCall>

export const Receipt = z.object({
  items: z.array(ReceiptCall),
  nextCursor: z.null(),
  totals: Totals,
  /** The run is over and its cost may still be corrected: its usage is being waited for. */
  counting: z.boolean(),
  /** The conversation is gone; what it cost stays. */
  deleted: z.optional(z.literal(true)),
})
export type Receipt = z.infer<typeof Receipt>

export const UsageBy = z.enum(['conversation', 'model', 'provider', 'agent', 'purpose', 'day'])
export type UsageBy = z.infer<typeof UsageBy>

/** A tool makes no request of its own: what is summed is its share of others, see `UsageGroup`. */
export const UsageGroupedBy = z.enum([...UsageBy.options, 'tool'])
export type UsageGroupedBy = z.infer<typeof UsageGroupedBy>

export const UsageGroup = z.object({
  /** What the group is: an id, a name, a day. */
  key: z.string(),
  label: z.string(),
  /**
   * By tool: uses as `calls`, tokens of results as `inputTokens`, and as cost the share of results in
   * the input of the requests that carried them; all estimates.
   */
  totals: Totals,
  /** The conversation is gone; what it cost stays. */
  deleted: z.optional(z.literal(true)),
})
export type UsageGroup = z.infer<typeof UsageGroup>

/** One UTC day, dearest group of the whole period first; the days between may be missing. */
export const UsageDay = z.object({
  day: z.string(),
  groups: z.array(
    z.object({
      /** As in `groups`, for the first few of them; `others` is the rest. */
      key: z.string(),
      label: z.string(),
      costNanoUsd: z.nullable(NanoUsd),
      certainty: Certainty,
      unpricedCalls: z.int(),
      /** Input and output together. */
      tokens: z.int(),
    }),
  ),
})
export type UsageDay = z.infer<typeof UsageDay>

export const UsageSummary = z.object({
  from: z.nullable(z.iso.datetime()),
  to: z.nullable(z.iso.datetime()),
  totals: Totals,
  groups: z.array(UsageGroup),
  /** Oldest day first. */
  series: z.optional(z.array(UsageDay)),
})
export type UsageSummary = z.infer<typeof UsageSummary>
