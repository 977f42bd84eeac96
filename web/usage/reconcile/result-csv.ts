// Writes a comparison as CSV with exact amounts.
import { exactDollars, toCsvLine } from '#shared/csv-line.ts'
import type { BilledSum, ReconciledRow, Reconciliation } from '#shared/reconcile.ts'

const HEADER = [
  'day',
  'model',
  'status',
  'tallyModels',
  'tallyCalls',
  'tallyUsd',
  'tallyCertainty',
  'providerModels',
  'providerCalls',
  'providerUsd',
  'differenceUsd',
]

export function resultCsv({ rows }: Reconciliation): string {
  return [HEADER, ...rows.map(cellsOf)].map(toCsvLine).join('')
}

function cellsOf({ day, model, status, ours, theirs, differenceNanoUsd }: ReconciledRow) {
  return [
    day,
    model,
    status,
    names(ours),
    ours?.calls ?? null,
    exactDollars(ours?.costNanoUsd ?? null),
    ours?.certainty ?? null,
    names(theirs),
    theirs?.calls ?? null,
    exactDollars(theirs?.costNanoUsd ?? null),
    signedDollars(differenceNanoUsd),
  ]
}

function names(sum: BilledSum | null): string {
  return sum?.models.join(' ') ?? ''
}

/** A negative amount is a number, so that CSV escaping does not turn it into text. */
function signedDollars(nanoUsd: number | null): string | number | null {
  if (nanoUsd === null || nanoUsd >= 0) return exactDollars(nanoUsd)
  return nanoUsd / 1_000_000_000
}
