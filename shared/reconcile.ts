// Reconciling: what the ledger says of each day and model next to what the provider says.
import * as z from 'zod/mini'
import { Certainty, NanoUsd } from './money-schema.ts'

const Count = z.int().check(z.nonnegative())
const Day = z.string().check(z.regex(/^\d{4}-\d\d-\d\d$/, 'give a day, like 2026-11-02'))

/** The most rows of one comparison: a year of thirty models. */
export const MAX_BILLED_ROWS = 10_000

/** What counts as the same: a difference up to one part in so many, or up to so much. */
export const TOLERANCE = { parts: 1000, nanoUsd: 100_000 }

/** What a provider billed for one model on one UTC day; null: it does not say. */
export const BilledRow = z.object({
  day: Day,
  model: z.string().check(z.minLength(1), z.maxLength(300)),
  costNanoUsd: z.nullable(NanoUsd),
  calls: z.nullable(Count),
  inputTokens: z.nullable(Count),
  outputTokens: z.nullable(Count),
})
export type BilledRow = z.infer<typeof BilledRow>

/** Null: with all of them. */
const Provider = z.nullable(z.string().check(z.maxLength(200)))

export const Reconcile = z.object({
  /** The first and the last UTC day that are compared. */
  from: Day,
  to: Day,
  /** The provider of the ledger that the rows are of. */
  provider: Provider,
  rows: z
    .array(BilledRow)
    .check(z.maxLength(MAX_BILLED_ROWS, `send at most ${MAX_BILLED_ROWS} rows`)),
})
export type Reconcile = z.infer<typeof Reconcile>

export const ReconcileOpenAi = z.object({
  from: Day,
  to: Day,
  provider: Provider,
  /** Used for this one answer and kept nowhere. */
  adminKey: z
    .string()
    .check(z.trim(), z.regex(/^[\x21-\x7e]{1,500}$/, 'a key has no spaces or other characters')),
})
export type ReconcileOpenAi = z.infer<typeof ReconcileOpenAi>

/** One side of a row or of all. */
export const BilledSum = z.object({
  /** What the models are called on this side. */
  models: z.array(z.string()),
  costNanoUsd: z.nullable(NanoUsd),
  certainty: Certainty,
  /** Calls of ours, or rows of theirs, whose amount is not known. */
  unpricedCalls: Count,
  calls: z.nullable(Count),
  inputTokens: z.nullable(Count),
  outputTokens: z.nullable(Count),
})
export type BilledSum = z.infer<typeof BilledSum>

export const ReconciledStatus = z.enum(['differs', 'only_ours', 'only_theirs', 'same'])
export type ReconciledStatus = z.infer<typeof ReconciledStatus>

export const ReconciledRow = z.object({
  day: z.string(),
  /** The name that both sides are found by. */
  model: z.string(),
  status: ReconciledStatus,
  ours: z.nullable(BilledSum),
  theirs: z.nullable(BilledSum),
  /** Ours less theirs, where a side that has no row is nothing; null where an amount is not known. */
  differenceNanoUsd: z.nullable(z.int()),
})
export type ReconciledRow = z.infer<typeof ReconciledRow>

export const Reconciliation = z.object({
  from: z.string(),
  to: z.string(),
  provider: z.nullable(z.string()),
  ours: BilledSum,
  theirs: BilledSum,
  differenceNanoUsd: z.nullable(z.int()),
  /** Those that are not the same first, the largest difference before the others. */
  rows: z.array(ReconciledRow),
})
export type Reconciliation = z.infer<typeof Reconciliation>
