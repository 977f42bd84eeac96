// Costs per call and in sums.
import * as z from 'zod/mini'
import { BookedIn } from './billed.ts'
import { CallCache } from './call-cache.ts'
import { ModelCall } from './ledger.ts'
import { Certainty, NanoUsd } from './money-schema.ts'
import { Totals } from './totals.ts'

export const ReceiptCall = z.extend(ModelCall, {
  /** Absent if the provider reports no cached tokens. */
  cache: z.optional(CallCache),
})
export type ReceiptCall = z.infer<typeof ReceiptCall>

export const Receipt = z.object({
  items: z.array(ReceiptCall),
  nextCursor: z.null(),
  totals: Totals,
  /** True while the cost of a finished run may still be corrected because its usage is pending. */
  counting: z.boolean(),
  /** True if the conversation was deleted. Its cost is kept. */
  deleted: z.optional(z.literal(true)),
  /** Set if the answer is a copy: its requests were made for, and billed to, another conversation. */
  bookedIn: z.optional(BookedIn),
})
export type Receipt = z.infer<typeof Receipt>

export const UsageBy = z.enum(['conversation', 'model', 'provider', 'agent', 'purpose', 'day'])
export type UsageBy = z.infer<typeof UsageBy>

/** A tool makes no requests; its group sums its share of other requests (see `UsageGroup`). */
export const UsageGroupedBy = z.enum([...UsageBy.options, 'tool'])
export type UsageGroupedBy = z.infer<typeof UsageGroupedBy>

export const UsageGroup = z.object({
  /** The key of the group: an id, a name or a day. */
  key: z.string(),
  label: z.string(),
  /**
   * For tools, `calls` counts uses, `inputTokens` the tokens of results, and the cost is the results'
   * share of the input of the requests that carried them. All are estimates.
   */
  totals: Totals,
  /** True if the conversation was deleted. Its cost is kept. */
  deleted: z.optional(z.literal(true)),
})
export type UsageGroup = z.infer<typeof UsageGroup>

/** One UTC day, the most expensive group of the period first. Days without calls may be missing. */
export const UsageDay = z.object({
  day: z.string(),
  groups: z.array(
    z.object({
      /** A key of `groups` for the first few of them; `others` for the rest. */
      key: z.string(),
      label: z.string(),
      costNanoUsd: z.nullable(NanoUsd),
      certainty: Certainty,
      unpricedCalls: z.int(),
      /** Input plus output tokens. */
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
