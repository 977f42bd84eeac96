import { useQuery } from '@tanstack/react-query'
import { ListFilter } from 'lucide'
import { useState } from 'react'
import type { UsageBy, UsageGroup } from '#shared/api.ts'
import { visibleText } from '#shared/visible-text.ts'
import { usageQuery, type UsageScope } from '../api/usage.ts'
import { Link } from '../router.tsx'
import { Amount } from '../ui/amount.tsx'
import { Button } from '../ui/button.tsx'
import { ErrorState } from '../ui/error-state.tsx'
import { Icon } from '../ui/icon.tsx'
import { Tokens } from '../ui/tokens.tsx'
import { Wide } from '../ui/wide.tsx'
import { ROW_LINK } from './row-link.ts'
import { TableSkeleton } from './table-skeleton.tsx'
import { COLUMN, groupLabel, inOrder, TITLES } from './usage-labels.ts'
import { isNarrowedTo, narrowedTo, type View, viewPath } from './view.ts'
import { language, t } from '#shared/translate.ts'

const FIRST_ROWS = 25

interface UsageTableProps {
  by: UsageBy
  view: View
  scope: UsageScope
}

export function UsageTable({ by, view, scope }: UsageTableProps) {
  const usage = useQuery(usageQuery(by, scope))
  if (usage.isPending) return <TableSkeleton />
  if (usage.data === undefined) {
    return (
      <ErrorState
        title={t`“${TITLES[by]}” could not be loaded`}
        error={usage.error}
        onRetry={() => void usage.refetch()}
      />
    )
  }
  return <Groups by={by} view={view} groups={inOrder(by, usage.data.groups)} />
}

interface GroupsProps extends Pick<UsageTableProps, 'by' | 'view'> {
  groups: UsageGroup[]
}

function Groups({ by, view, groups }: GroupsProps) {
  const [all, setAll] = useState(false)
  const shown = all ? groups : groups.slice(0, FIRST_ROWS)
  const dearest = Math.max(1, ...groups.map((group) => group.totals.costNanoUsd ?? 0))
  return (
    <Wide className="rounded-xl border border-line bg-surface">
      <table className="w-full text-sm">
        <caption className="px-4 pt-3 pb-2 text-left font-semibold">{TITLES[by]}</caption>
        <thead>
          <tr className="border-b border-line text-xs text-muted *:px-4 *:py-1.5 *:text-right *:font-normal">
            <th scope="col" className="w-2/5 !text-left">
              {COLUMN[by]}
            </th>
            <th scope="col">{t`Amount`}</th>
            <th scope="col">{t`Calls`}</th>
            <th scope="col">{t`Input`}</th>
            <th scope="col">{t`Cached`}</th>
            <th scope="col">{t`Output`}</th>
          </tr>
        </thead>
        <tbody>
          {shown.map((group) => (
            <Row key={group.key} {...{ by, view, group, dearest }} />
          ))}
        </tbody>
      </table>
      {shown.length < groups.length && (
        <div className="border-t border-line p-2">
          <Button variant="quiet" onClick={() => setAll(true)}>
            {t`Show all ${groups.length}`}
          </Button>
        </div>
      )}
    </Wide>
  )
}

interface RowProps extends Pick<UsageTableProps, 'by' | 'view'> {
  group: UsageGroup
  dearest: number
}

function Row({ by, view, group, dearest }: RowProps) {
  const { totals } = group
  return (
    <tr className="border-b border-line tabular-nums last:border-0 *:px-4 *:py-2 *:text-right">
      <th scope="row" className="max-w-48 min-w-36 !text-left font-normal">
        <Name {...{ by, view, group }} />
        {by === 'model' && totals.unpricedCalls > 0 && (
          <Link
            href={`/settings/prices?${new URLSearchParams({ model: group.key })}`}
            className="inline-block text-xs text-accent underline underline-offset-4 pointer-coarse:py-3.5"
          >
            {t`Add a price`}
          </Link>
        )}
        <Share of={(totals.costNanoUsd ?? 0) / dearest} />
      </th>
      <td className="font-medium">
        <Amount of={totals} />
      </td>
      <td>{totals.calls.toLocaleString(language())}</td>
      <td>
        <Tokens count={totals.inputTokens} />
      </td>
      <td>
        <Tokens count={totals.cachedInputTokens} />
      </td>
      <td>
        <Tokens count={totals.outputTokens} />
      </td>
    </tr>
  )
}

/** Links to usage filtered by this row; for a conversation, to its page, with the filter beside it. */
function Name({ by, view, group }: Omit<RowProps, 'dearest'>) {
  const { key, deleted } = group
  const label = visibleText(groupLabel(by, group))
  const plain = (
    <span className="block truncate" title={label}>
      {label}
    </span>
  )
  if (by === 'conversation') {
    return (
      <span className="flex items-center gap-1">
        {deleted === true || !isId(key) ? (
          plain
        ) : (
          <Link href={`/c/${key}`} title={label} className={ROW_LINK}>
            {label}
          </Link>
        )}
        {key !== OTHERS && <OnlyThis {...{ by, view, group }} label={label} />}
      </span>
    )
  }
  if (key === OTHERS) return plain
  return (
    <Link
      href={viewPath(narrowedTo(view, by, key))}
      title={label}
      className={ROW_LINK}
      aria-current={isNarrowedTo(view, by, key)}
    >
      {label}
    </Link>
  )
}

function OnlyThis({ by, view, group, label }: Omit<RowProps, 'dearest'> & { label: string }) {
  return (
    <Link
      href={viewPath(narrowedTo(view, by, group.key))}
      aria-label={t`Show only ${label}`}
      title={t`Show only ${label}`}
      aria-current={isNarrowedTo(view, by, group.key)}
      className="ml-auto inline-flex size-7 shrink-0 items-center justify-center rounded-md text-muted hover:bg-sunken hover:text-ink pointer-coarse:size-11"
    >
      <Icon of={ListFilter} className="size-4" />
    </Link>
  )
}

/** The key of the group that sums up rows without one of their own. */
const OTHERS = 'others'

/** False for calls without a conversation and for the group of others, which have no page. */
function isId(key: string): boolean {
  return /^[\da-f-]{36}$/.test(key)
}

/** A bar that compares the row with the most expensive one. */
function Share({ of }: { of: number }) {
  return (
    <span aria-hidden className="mt-1 block h-0.5">
      <span
        className="block h-full rounded-full bg-accent"
        style={{ width: `${Math.round(of * 100)}%` }}
      />
    </span>
  )
}
