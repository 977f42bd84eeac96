// Says what a comparison found: how much of the bill the ledger explains.
import { formatUsd } from '#shared/money.ts'
import type { ReconciledRow, Reconciliation } from '#shared/reconcile.ts'

export interface Headline {
  title: string
  /** What else is worth knowing, as sentences. */
  notes: string[]
  /** True if there is nothing to look into. */
  agrees: boolean
}

export function headlineOf({ rows, ours, theirs }: Reconciliation, biller: string): Headline {
  const differing = rows.filter(({ status }) => status !== 'same')
  if (differing.length === 0) {
    return { title: agreement(ours.calls, theirs.costNanoUsd), notes: [], agrees: true }
  }
  const known = rows.filter(({ differenceNanoUsd }) => differenceNanoUsd !== null)
  const billed = sum(known, ({ theirs: billedRow }) => billedRow?.costNanoUsd ?? 0)
  const missing = sum(known, (row) => Math.max(0, -unexplained(row)))
  const extra = sum(known, (row) => Math.max(0, unexplained(row)))
  const unknown = rows.length - known.length
  return {
    title: titleOf({ billed, missing, extra, biller, isKnown: known.length > 0 }),
    notes: [
      `${formatCount(differing.length)} of ${formatCount(rows.length)} rows ${differing.length === 1 ? 'differs' : 'differ'}.`,
      ...(extra > 0 && billed > 0
        ? [`Tally counted ${formatUsd(extra)} that ${biller} did not bill.`]
        : []),
      ...(unknown > 0
        ? [
            unknown === 1
              ? 'One row has an amount that is not known, and is not part of this sum.'
              : `${formatCount(unknown)} rows have amounts that are not known, and are not part of this sum.`,
          ]
        : []),
    ],
    agrees: false,
  }
}

interface Found {
  billed: number
  missing: number
  extra: number
  biller: string
  isKnown: boolean
}

function titleOf({ billed, missing, extra, biller, isKnown }: Found): string {
  if (!isKnown) return 'Nothing can be compared: the amounts are not known'
  if (billed === 0) return `${biller} billed nothing, Tally counted ${formatUsd(extra)}`
  if (missing === 0) return `All ${formatUsd(billed)} explained`
  if (missing === billed) return `Nothing of ${formatUsd(billed)} explained`
  return `${formatUsd(billed - missing)} of ${formatUsd(billed)} explained, ${formatUsd(missing)} not`
}

function agreement(calls: number | null, nanoUsd: number | null): string {
  if (calls === null || calls === 0) return `All ${formatUsd(nanoUsd ?? 0)} agree`
  return calls === 1 ? 'The only call agrees' : `All ${formatCount(calls)} calls agree`
}

/** Differences within the tolerance count as explained. */
function unexplained({ status, differenceNanoUsd }: ReconciledRow): number {
  return status === 'same' ? 0 : (differenceNanoUsd ?? 0)
}

function sum(rows: ReconciledRow[], of: (row: ReconciledRow) => number): number {
  return rows.reduce((all, row) => all + of(row), 0)
}

function formatCount(count: number): string {
  return count.toLocaleString('en-US')
}
