import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { readStored, writeStored } from '../ui/stored.ts'
import type { UsageDay, UsageSummary } from '#shared/api.ts'
import { usageSeriesQuery, type UsageScope } from '../api/usage.ts'
import { ErrorState } from '../ui/error-state.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { Choice } from './choice.tsx'
import { SpendChart } from './spend-chart.tsx'
import { type Part, spendColumns } from './spend-columns.ts'
import { SpendLegend } from './spend-legend.tsx'
import { SpendTable } from './spend-table.tsx'
import { COLUMN } from './usage-labels.ts'
import { t } from '#shared/translate.ts'

const TEXTURED_KEY = 'tally.textures'

const SPLITS = ['model', 'provider', 'agent', 'purpose'] as const
type Split = (typeof SPLITS)[number]

interface SpendOverTimeProps {
  scope: UsageScope
  /** The days to show; without `first`, from the first call on. */
  days: { first: string | null; last: string }
}

export function SpendOverTime({ scope, days }: SpendOverTimeProps) {
  const [by, setBy] = useState<Split>('model')
  const [textured, setTextured] = useState(() => readStored(TEXTURED_KEY) !== null)
  const usage = useQuery(usageSeriesQuery(by, scope))
  const onTextured = (next: boolean) => {
    setTextured(next)
    writeStored(TEXTURED_KEY, next ? 'true' : null)
  }
  return (
    <section className="space-y-3 rounded-xl border border-line bg-surface pt-3 pb-1">
      <div className="flex flex-wrap items-center justify-between gap-2 px-4">
        <h2 className="text-sm font-semibold">{t`Spend over time`}</h2>
        <Choice
          legend={t`Split spend by`}
          name="split"
          options={SPLITS}
          chosen={by}
          label={(split) => COLUMN[split]}
          onChoose={setBy}
        />
      </div>
      {usage.data !== undefined && (
        <Drawn {...{ by, days, textured, onTextured }} usage={usage.data} />
      )}
      {usage.isPending && <Skeleton className="mx-4 h-56" />}
      {usage.isError && (
        <ErrorState
          title={t`Spend over time could not be loaded`}
          error={usage.error}
          onRetry={() => void usage.refetch()}
        />
      )}
    </section>
  )
}

interface DrawnProps extends Pick<SpendOverTimeProps, 'days'> {
  by: Split
  usage: UsageSummary
  textured: boolean
  onTextured: (textured: boolean) => void
}

function Drawn({ by, usage, days, textured, onTextured }: DrawnProps) {
  const series = usage.series ?? []
  const parts = partsOf(series, usage)
  const keys = parts.map(({ key }) => key)
  // Without any cost the chart shows tokens.
  const measure = (usage.totals.costNanoUsd ?? 0) > 0 ? 'money' : 'tokens'
  const columns = spendColumns(series, days.first, days.last)
  const what = measure === 'money' ? t`Spend` : t`Tokens`
  return (
    <>
      <SpendChart
        {...{ columns, keys, measure, textured }}
        name={t`${what} over time as stacked bars; the figures are in the table below`}
      />
      <SpendLegend {...{ by, keys, usage, measure, textured }} />
      <label className="flex w-fit cursor-pointer items-center gap-2 px-4 text-xs text-muted">
        <input
          type="checkbox"
          className="accent-accent"
          checked={textured}
          onChange={(event) => onTextured(event.target.checked)}
        />
        {t`Textures`}
      </label>
      <details className="border-t border-line">
        <summary className="cursor-pointer px-4 py-2 text-sm text-muted hover:text-ink">
          {t`Show as a table`}
        </summary>
        <SpendTable
          caption={t`${what} over time, one column per ${COLUMN[by].toLowerCase()}`}
          labels={parts.map(({ label }) => label)}
          {...{ columns, keys, measure }}
        />
      </details>
    </>
  )
}

/** Returns the parts by cost, highest first; those without a group of their own come last. */
function partsOf(series: UsageDay[], { groups }: UsageSummary): Part[] {
  const parts = new Map(series.flatMap((day) => day.groups).map((part) => [part.key, part]))
  const rank = new Map(groups.map(({ key }, index) => [key, index]))
  const rest = groups.length
  return [...parts.values()].toSorted(
    (a, b) => (rank.get(a.key) ?? rest) - (rank.get(b.key) ?? rest),
  )
}
