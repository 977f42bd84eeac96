import '../pages.css'
import { useQuery } from '@tanstack/react-query'
import { Download } from 'lucide'
import { type ReactNode, useEffect, useState } from 'react'
import { paths, type UsageBy } from '#shared/api.ts'
import { usageQuery } from '../api/receipts.ts'
import { EmptyState } from '../ui/empty-state.tsx'
import { ErrorState } from '../ui/error-state.tsx'
import { Icon } from '../ui/icon.tsx'
import { type Range, RANGES, rangeBefore, rangeStart } from './range.ts'
import { RangePicker } from './range-picker.tsx'
import { SpendOverTime } from './spend-over-time.tsx'
import { TableSkeleton } from './table-skeleton.tsx'
import { UsageTable } from './usage-table.tsx'
import { UsageTotals } from './usage-totals.tsx'

interface UsagePageProps {
  /** Stands before the heading: the button that opens the sidebar. */
  leading?: ReactNode
}

export function UsagePage({ leading }: UsagePageProps) {
  const [range, setRange] = useState<Range>(RANGES[1])
  const [now] = useState(() => new Date())
  const from = rangeStart(range, now)
  useEffect(() => {
    document.title = 'Usage · Tally'
  }, [])
  return (
    <main className="h-full overflow-y-auto">
      <div className="mx-auto max-w-4xl space-y-6 px-4 pt-3 pb-16 sm:px-6">
        <header className="flex flex-wrap items-center gap-2">
          {leading}
          <h1 className="mr-auto text-xl font-semibold tracking-tight">Usage</h1>
          <RangePicker range={range} onRange={setRange} />
          <ExportLink path={paths.usageCsv} from={from}>
            CSV
          </ExportLink>
          <ExportLink path={paths.usageJson} from={from}>
            JSON
          </ExportLink>
        </header>
        <Summary range={range} from={from} now={now} />
      </div>
    </main>
  )
}

const TABLES: UsageBy[] = ['day', 'model', 'conversation', 'provider', 'agent', 'purpose']

interface SummaryProps {
  range: Range
  from: string | null
  now: Date
}

function Summary({ range, from, now }: SummaryProps) {
  const before = rangeBefore(range, now)
  const earlier = useQuery({
    ...usageQuery('day', before?.from, before?.to),
    enabled: before !== null,
  })
  const usage = useQuery(usageQuery('day', from))
  if (usage.isPending) return <Loading />
  if (usage.data === undefined) {
    return (
      <ErrorState
        title="Usage could not be loaded"
        error={usage.error}
        onRetry={() => void usage.refetch()}
      />
    )
  }
  const { totals } = usage.data
  if (totals.calls === 0) {
    return (
      <EmptyState
        title={range.days === null ? 'No usage yet' : `Nothing in the last ${range.label}`}
      >
        Every model call is counted here, whatever it was for.
      </EmptyState>
    )
  }
  return (
    <>
      <UsageTotals
        totals={totals}
        earlier={
          before === null || earlier.data === undefined
            ? null
            : { length: range.label, totals: earlier.data.totals }
        }
      />
      <SpendOverTime from={from} now={now} />
      {TABLES.map((by) => (
        <UsageTable key={by} by={by} from={from} />
      ))}
    </>
  )
}

function Loading() {
  return (
    <output className="block space-y-6">
      <span className="sr-only">Loading usage</span>
      <TableSkeleton />
      <TableSkeleton />
    </output>
  )
}

interface ExportLinkProps {
  path: string
  from: string | null
  children: string
}

function ExportLink({ path, from, children }: ExportLinkProps) {
  return (
    <a
      href={from === null ? path : `${path}?${new URLSearchParams({ from })}`}
      download
      className="inline-flex h-9 items-center gap-2 rounded-lg border border-line bg-surface px-3 text-sm font-medium hover:bg-sunken pointer-coarse:h-11"
    >
      <Icon of={Download} className="size-4" />
      {children}
    </a>
  )
}
