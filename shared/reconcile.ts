// Reconciliation: the ledger's figures per day and model next to the provider's.
import * as z from 'zod/mini'
import { Certainty, NanoUsd } from './money-schema.ts'
import { t } from './translate.ts'

const Count = z.int().check(z.nonnegative())
const Day = z
  .string()
  .check(z.regex(/^\d{4}-\d\d-\d\d$/, { error: () => t`give a day, like 2026-11-02` }))

/** The maximum number of rows in one comparison: a year of thirty models. */
export const MAX_BILLED_ROWS = 10_000

/** Differences up to one part in `parts`, or up to `nanoUsd`, are ignored. */
export const TOLERANCE = { parts: 1000, nanoUsd: 100_000 }

/** A provider's bill for one model on one UTC day. Null if not stated. */
export const BilledRow = z.object({
  day: Day,
  model: z.string().check(z.minLength(1), z.maxLength(300)),
  costNanoUsd: z.nullable(NanoUsd),
  calls: z.nullable(Count),
  inputTokens: z.nullable(Count),
  outputTokens: z.nullable(Count),
})
export type BilledRow = z.infer<typeof BilledRow>

/** Null compares with all providers. */
const Provider = z.nullable(z.string().check(z.maxLength(200)))

export const Reconcile = z.object({
  /** The first and the last UTC day of the comparison. */
  from: Day,
  to: Day,
  /** The ledger's provider that the rows belong to. */
  provider: Provider,
  rows: z
    .array(BilledRow)
    .check(z.maxLength(MAX_BILLED_ROWS, { error: () => t`send at most ${MAX_BILLED_ROWS} rows` })),
})
export type Reconcile = z.infer<typeof Reconcile>

export const ReconcileOpenAi = z.object({
  from: Day,
  to: Day,
  provider: Provider,
  /** Used for this request only and never stored. */
  adminKey: z
    .string()
    .check(
      z.trim(),
      z.regex(/^[\x21-\x7e]{1,500}$/, { error: () => t`a key has no spaces or other characters` }),
    ),
})
export type ReconcileOpenAi = z.infer<typeof ReconcileOpenAi>

/** One side of a row or of the total. */
export const BilledSum = z.object({
  /** The model names used on this side. */
  models: z.array(z.string()),
  costNanoUsd: z.nullable(NanoUsd),
  certainty: Certainty,
  /** The number of calls or rows without a known amount. */
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
  /** The common name that matches both sides. */
  model: z.string(),
  status: ReconciledStatus,
  ours: z.nullable(BilledSum),
  theirs: z.nullable(BilledSum),
  /** Ours minus theirs; a side without a row counts as zero. Null if an amount is unknown. */
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
  /** Rows that differ first, the largest difference at the top. */
  rows: z.array(ReconciledRow),
})
export type Reconciliation = z.infer<typeof Reconciliation>
