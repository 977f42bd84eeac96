import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Download } from 'lucide'
import { type ReactNode, useEffect, useState } from 'react'
import type { UsageBy } from '#shared/api.ts'
import { usageQuery, type UsageScope, withScope } from '../api/usage.ts'
import { Link } from '../router.tsx'
import { DemoFigures } from '../ui/amount.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { ErrorState } from '../ui/error-state.tsx'
import { Icon } from '../ui/icon.tsx'
import { DayFields } from './day-fields.tsx'
import { DemoChoice } from './demo-choice.tsx'
import { FilterChips } from './filter-chips.tsx'
import { NothingSpent } from './nothing-spent.tsx'
import { drawnDays, formatLength, spanBefore, spanOf } from './range.ts'
import { RangePicker } from './range-picker.tsx'
import { SpendOverTime } from './spend-over-time.tsx'
import { TableSkeleton } from './table-skeleton.tsx'
import { ToolTable } from './tool-table.tsx'
import { ToolUses } from './tool-uses.tsx'
import { type CallReceipt, UsageCalls } from './usage-calls.tsx'
import { UsageTable } from './usage-table.tsx'
import { UsageTotals } from './usage-totals.tsx'
import { isFiltered, readView, type View } from './view.ts'
import { useSearch } from '../router.tsx'
import { t } from '#shared/translate.ts'

const ACTION =
  'inline-flex h-9 items-center gap-2 rounded-lg border border-line bg-surface px-3 text-sm font-medium hover:bg-sunken pointer-coarse:h-11'

interface UsagePageProps {
  /** The button that opens the sidebar, shown before the heading. */
  leading?: ReactNode
  Receipt: CallReceipt
}

export function UsagePage({ leading, Receipt }: UsagePageProps) {
  const [now] = useState(() => new Date())
  const { problem, ...view } = readView(useSearch(), now)
  const scope: UsageScope = { ...spanOf(view.range, now), filter: view.filter }
  const isCustom = view.range.kind === 'between' || problem !== null
  useEffect(() => {
    document.title = t`Usage · Tally`
  }, [])
  return (
    <main className="h-full overflow-y-auto">
      <div className="mx-auto max-w-5xl space-y-6 px-4 pt-3 pb-16 sm:px-6">
        <div className="space-y-3">
          <header className="flex flex-wrap items-center gap-2">
            {leading}
            <h1 className="mr-auto text-xl font-semibold tracking-tight">{t`Usage`}</h1>
            <RangePicker view={view} isCustom={isCustom} now={now} />
            <div className="flex gap-2 max-sm:order-last max-sm:w-full max-sm:*:grow max-sm:*:justify-center">
              <Link href="/usage/reconcile" className={ACTION}>
                {t`Reconcile`}
              </Link>
              <ExportLink path={withScope('/api/usage/export.csv', scope)}>{t`CSV`}</ExportLink>
              <ExportLink path={withScope('/api/usage/export.json', scope)}>JSON</ExportLink>
            </div>
          </header>
          {isCustom && <DayFields view={view} now={now} />}
          {problem === null && <DemoChoice view={view} scope={scope} />}
          <FilterChips view={view} scope={scope} />
        </div>
        {problem === null ? (
          <DemoFigures value={view.filter.demo !== undefined}>
            <Summary {...{ view, scope, now, Receipt }} />
          </DemoFigures>
        ) : (
          <EmptyState title={t`These days cannot be shown`}>{t`Choose others above.`}</EmptyState>
        )}
      </div>
    </main>
  )
}

const TABLES: UsageBy[] = ['day', 'model', 'conversation', 'provider', 'agent', 'purpose']

interface SummaryProps extends Pick<UsagePageProps, 'Receipt'> {
  view: View
  scope: UsageScope
  now: Date
}

function Summary({ view, scope, now, Receipt }: SummaryProps) {
  const before = spanBefore(view.range, now)
  const length = formatLength(view.range)
  const earlier = useQuery({
    ...usageQuery('day', { ...scope, from: before?.from ?? null, to: before?.to ?? null }),
    enabled: before !== null,
  })
  const usage = useQuery(usageQuery('day', scope))
  const client = useQueryClient()
  if (usage.isPending) return <Loading />
  if (usage.data === undefined) {
    return (
      <ErrorState
        title={t`Usage could not be loaded`}
        error={usage.error}
        onRetry={() => void client.refetchQueries({ queryKey: ['usage'], type: 'active' })}
      />
    )
  }
  const { totals } = usage.data
  if (totals.calls === 0) return <NothingSpent view={view} now={now} />
  const isKnown = length !== null && earlier.data !== undefined && !earlier.isPlaceholderData
  return (
    <div
      aria-busy={usage.isPlaceholderData}
      className={`space-y-6 transition-opacity ${usage.isPlaceholderData ? 'opacity-60' : ''}`}
    >
      <UsageTotals
        totals={totals}
        earlier={isKnown ? { length, totals: earlier.data.totals } : null}
      />
      <SpendOverTime scope={scope} days={drawnDays(view.range, now)} />
      {TABLES.map((by) => (
        <UsageTable key={by} by={by} view={view} scope={scope} />
      ))}
      {/* Tool usage is recorded per day only, so filters cannot apply. */}
      {!isFiltered(view) && <ToolTable view={view} scope={scope} />}
      {view.tool !== null && <ToolUses key={view.tool} tool={view.tool} {...{ view, scope }} />}
      {(isFiltered(view) || view.range.kind === 'between') && (
        <UsageCalls scope={scope} Receipt={Receipt} />
      )}
    </div>
  )
}

function Loading() {
  return (
    <output className="block space-y-6">
      <span className="sr-only">{t`Loading usage`}</span>
      <TableSkeleton />
      <TableSkeleton />
    </output>
  )
}

function ExportLink({ path, children }: { path: string; children: string }) {
  return (
    <a href={path} download className={ACTION}>
      <Icon of={Download} className="size-4" />
      {children}
    </a>
  )
}
