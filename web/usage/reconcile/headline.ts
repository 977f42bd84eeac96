// Says what a comparison found: how much of the bill the ledger explains.
import { formatUsd } from '#shared/money.ts'
import type { ReconciledRow, Reconciliation } from '#shared/reconcile.ts'
import { language, plural, t } from '#shared/translate.ts'

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
      plural(differing.length, {
        one: t`1 of ${formatCount(rows.length)} rows differs.`,
        other: t`${formatCount(differing.length)} of ${formatCount(rows.length)} rows differ.`,
      }),
      ...(extra > 0 && billed > 0
        ? [t`Tally counted ${formatUsd(extra)} that ${biller} did not bill.`]
        : []),
      ...(unknown > 0
        ? [
            plural(unknown, {
              one: t`One row has an amount that is not known, and is not part of this sum.`,
              other: t`${formatCount(unknown)} rows have amounts that are not known, and are not part of this sum.`,
            }),
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
  if (!isKnown) return t`Nothing can be compared: the amounts are not known`
  if (billed === 0) return t`${biller} billed nothing, Tally counted ${formatUsd(extra)}`
  if (missing === 0) return t`All ${formatUsd(billed)} explained`
  if (missing === billed) return t`Nothing of ${formatUsd(billed)} explained`
  return t`${formatUsd(billed - missing)} of ${formatUsd(billed)} explained, ${formatUsd(missing)} not`
}

function agreement(calls: number | null, nanoUsd: number | null): string {
  if (calls === null || calls === 0) return t`All ${formatUsd(nanoUsd ?? 0)} agree`
  return plural(calls, {
    one: t`The only call agrees`,
    other: t`All ${formatCount(calls)} calls agree`,
  })
}

/** Differences within the tolerance count as explained. */
function unexplained({ status, differenceNanoUsd }: ReconciledRow): number {
  return status === 'same' ? 0 : (differenceNanoUsd ?? 0)
}

function sum(rows: ReconciledRow[], of: (row: ReconciledRow) => number): number {
  return rows.reduce((all, row) => all + of(row), 0)
}

function formatCount(count: number): string {
  return count.toLocaleString(language())
}
