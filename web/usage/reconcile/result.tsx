import { Download } from 'lucide'
import type { ReactNode } from 'react'
import { formatUsd } from '#shared/money.ts'
import { type Reconciliation, TOLERANCE } from '#shared/reconcile.ts'
import { Amount, amountLabel } from '../../ui/amount.tsx'
import { Button } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Icon } from '../../ui/icon.tsx'
import { formatDay } from '../day.ts'
import { formatDifference, formatShare } from './difference.ts'
import { ReconciledTable } from './reconciled-table.tsx'
import { resultCsv } from './result-csv.ts'

interface ResultProps {
  result: Reconciliation
  /** The name of the other side. */
  biller: string
}

export function Result({ result, biller }: ResultProps) {
  const { from, to, rows, ours, theirs, differenceNanoUsd } = result
  const wrong = rows.filter(({ status }) => status !== 'same').length
  return (
    <section aria-label="Comparison" className="space-y-6">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <output className="text-sm">
          <span className="font-medium">{formatCount(wrong, rows.length)}</span>{' '}
          <span className="text-muted">
            {from === to ? formatDay(from) : `${formatDay(from)} to ${formatDay(to)}`}, UTC days
          </span>
        </output>
        <Button disabled={rows.length === 0} onClick={() => save(result)}>
          <Icon of={Download} className="size-4" />
          CSV
        </Button>
      </div>
      <dl className="grid gap-px overflow-hidden rounded-xl border border-line bg-line sm:grid-cols-3">
        <Figure name="Tally says" note={amountLabel(ours)}>
          <Amount of={ours} />
        </Figure>
        <Figure name={`${biller} says`} note={formatCall(theirs.calls)}>
          <Amount of={theirs} />
        </Figure>
        <Figure
          name="Difference"
          note={
            differenceNanoUsd === null
              ? 'Some amounts are not known'
              : `${formatShare(differenceNanoUsd, theirs.costNanoUsd)} of what ${biller} says`
          }
        >
          {formatDifference(differenceNanoUsd)}
        </Figure>
      </dl>
      {rows.length === 0 ? (
        <EmptyState title="Neither side has anything on these days" />
      ) : (
        <ReconciledTable rows={rows} biller={biller} />
      )}
      <p className="max-w-prose text-sm text-muted">
        A difference of up to {100 / TOLERANCE.parts} % or {formatUsd(TOLERANCE.nanoUsd)} counts as
        the same. Models are found by their names without the maker in front, the date of a version
        and the variant of a router: openai/gpt-4o-2024-08-06 is gpt-4o. Today is not over, so
        providers may still add to it.
      </p>
    </section>
  )
}

function formatCount(wrong: number, rows: number): string {
  if (rows === 0) return 'Nothing to compare.'
  if (wrong === 0) return rows === 1 ? 'The only row agrees.' : `All ${count(rows)} rows agree.`
  return `${count(wrong)} of ${count(rows)} rows ${wrong === 1 ? 'differs' : 'differ'}.`
}

function formatCall(calls: number | null): string {
  if (calls === null) return 'It does not count calls'
  return calls === 1 ? '1 call' : `${count(calls)} calls`
}

function count(number: number): string {
  return number.toLocaleString('en-US')
}

function Figure({ name, note, children }: { name: string; note: string; children: ReactNode }) {
  return (
    <div className="bg-surface px-4 py-3">
      <dt className="text-xs text-muted">{name}</dt>
      <dd className="text-xl font-semibold tracking-tight tabular-nums">{children}</dd>
      <dd className="text-xs text-muted">{note}</dd>
    </div>
  )
}

function save(result: Reconciliation): void {
  const url = URL.createObjectURL(new Blob([resultCsv(result)], { type: 'text/csv' }))
  const link = document.createElement('a')
  link.href = url
  link.download = `tally-reconciled-${result.from}-${result.to}.csv`
  link.click()
  setTimeout(() => URL.revokeObjectURL(url), 60_000)
}
