import '../pages.css'
import { useQuery } from '@tanstack/react-query'
import { Download } from 'lucide'
import { type ReactNode, useEffect, useState } from 'react'
import { paths, type UsageBy } from '#shared/api.ts'
import { usageQuery } from '../api/receipts.ts'
import { Button } from '../ui/button.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { ErrorState } from '../ui/error-state.tsx'
import { Icon } from '../ui/icon.tsx'
import { type Range, RANGES, rangeStart } from './range.ts'
import { RangePicker } from './range-picker.tsx'
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
          <a
            href={csvAddress(from)}
            download
            className="inline-flex h-9 items-center gap-2 rounded-lg border border-line bg-surface px-3 text-sm font-medium hover:bg-sunken pointer-coarse:h-11"
          >
            <Icon of={Download} className="size-4" />
            CSV
          </a>
        </header>
        <Summary range={range} from={from} />
      </div>
    </main>
  )
}

const SHOWN: UsageBy[] = ['day', 'model', 'conversation']
const ON_REQUEST: UsageBy[] = ['provider', 'agent', 'purpose']

function Summary({ range, from }: { range: Range; from: string | null }) {
  const [more, setMore] = useState(false)
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
      <UsageTotals totals={totals} />
      {[...SHOWN, ...(more ? ON_REQUEST : [])].map((by) => (
        <UsageTable key={by} by={by} from={from} />
      ))}
      {!more && (
        <Button look="quiet" onClick={() => setMore(true)}>
          By provider, agent and purpose
        </Button>
      )}
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

function csvAddress(from: string | null): string {
  return from === null ? paths.usageCsv : `${paths.usageCsv}?from=${encodeURIComponent(from)}`
}
