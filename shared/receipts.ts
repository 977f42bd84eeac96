// What was paid, call by call and in sums.
import * as z from 'zod/mini'
import { ModelCall } from './ledger.ts'
import { Totals } from './totals.ts'

export const Receipt = z.object({ items: z.array(ModelCall), nextCursor: z.null(), totals: Totals })
export type Receipt = z.infer<typeof Receipt>

export const UsageBy = z.enum(['conversation', 'model', 'provider', 'agent', 'purpose', 'day'])
export type UsageBy = z.infer<typeof UsageBy>

export const UsageGroup = z.object({
  /** What the group is: an id, a name, a day. */
  key: z.string(),
  label: z.string(),
  totals: Totals,
})
export type UsageGroup = z.infer<typeof UsageGroup>

export const UsageSummary = z.object({
  from: z.nullable(z.iso.datetime()),
  to: z.nullable(z.iso.datetime()),
  totals: Totals,
  groups: z.array(UsageGroup),
})
export type UsageSummary = z.infer<typeof UsageSummary>
