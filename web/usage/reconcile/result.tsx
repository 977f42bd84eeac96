import { CircleCheck, Download } from 'lucide'
import type { ReactNode } from 'react'
import { formatUsd } from '#shared/money.ts'
import { type Reconciliation, TOLERANCE } from '#shared/reconcile.ts'
import { Amount, amountLabel } from '../../ui/amount.tsx'
import { Button } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Icon } from '../../ui/icon.tsx'
import { formatDay } from '../day.ts'
import { formatDifference, formatShare } from './difference.ts'
import { headlineOf } from './headline.ts'
import { ReconciledTable } from './reconciled-table.tsx'
import { resultCsv } from './result-csv.ts'
import { language, plural, t } from '#shared/translate.ts'

interface ResultProps {
  result: Reconciliation
  /** The name of the other side. */
  biller: string
}

export function Result({ result, biller }: ResultProps) {
  const { from, to, rows, ours, theirs, differenceNanoUsd } = result
  const days = from === to ? formatDay(from) : t`${formatDay(from)} to ${formatDay(to)}`
  if (rows.length === 0) {
    return (
      <section aria-label={t`Comparison`}>
        <EmptyState title={t`Neither side has anything on these days`}>
          {t`Compared were ${days}. Choose other days, or calls of all providers.`}
        </EmptyState>
      </section>
    )
  }
  const { title, notes, agrees } = headlineOf(result, biller)
  return (
    <section aria-label={t`Comparison`} className="space-y-5">
      <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2">
        <output className="block min-w-0">
          <h2 className="flex items-center gap-2 text-xl font-semibold tracking-tight tabular-nums">
            {agrees && <Icon of={CircleCheck} className="size-5 shrink-0 text-accent" />}
            {title}
          </h2>
          <span className="block pt-0.5 text-sm text-muted">
            {[...notes, t`${days}, UTC days`].join(' ')}
          </span>
        </output>
        <Button onClick={() => save(result)}>
          <Icon of={Download} className="size-4" />
          {t`CSV`}
        </Button>
      </div>
      <dl className="grid gap-x-10 gap-y-3 border-y sm:flex border-line py-3">
        <Figure name={t`Tally says`} note={amountLabel(ours)}>
          <Amount of={ours} />
        </Figure>
        <Figure name={t`${biller} says`} note={formatCall(theirs.calls)}>
          <Amount of={theirs} />
        </Figure>
        <Figure
          name={t`Difference`}
          note={
            differenceNanoUsd === null
              ? t`Some amounts are not known`
              : t`${formatShare(differenceNanoUsd, theirs.costNanoUsd)} of the billed amount`
          }
        >
          {formatDifference(differenceNanoUsd)}
        </Figure>
      </dl>
      <ReconciledTable rows={rows} biller={biller} />
      <div className="max-w-prose space-y-1 text-sm text-muted">
        <h3 className="font-medium text-ink">{t`How it was compared`}</h3>
        <p>
          {t`By day and model. A difference of up to ${100 / TOLERANCE.parts} % or ${formatUsd(TOLERANCE.nanoUsd)} counts as the same. Models are found by their names without the maker in front, the date of a version and the variant of a router: openai/gpt-4o-2024-08-06 is gpt-4o. Today is not over, so providers may still add to it.`}
        </p>
      </div>
    </section>
  )
}

function formatCall(calls: number | null): string {
  if (calls === null) return t`It does not count calls`
  return plural(calls, { one: t`1 call`, other: t`${count(calls)} calls` })
}

function count(number: number): string {
  return number.toLocaleString(language())
}

function Figure({ name, note, children }: { name: string; note: string; children: ReactNode }) {
  return (
    <div>
      <dt className="text-xs text-muted">{name}</dt>
      <dd className="font-semibold tabular-nums">{children}</dd>
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
