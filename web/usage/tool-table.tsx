import { useQuery } from '@tanstack/react-query'
import type { UsageGroup } from '#shared/api.ts'
import { visibleText } from '#shared/visible-text.ts'
import { toolUsageQuery, type UsageScope } from '../api/usage.ts'
import { Link } from '../router.tsx'
import { Amount } from '../ui/amount.tsx'
import { ErrorState } from '../ui/error-state.tsx'
import { Tokens } from '../ui/tokens.tsx'
import { Wide } from '../ui/wide.tsx'
import { ROW_LINK } from './row-link.ts'
import { TableSkeleton } from './table-skeleton.tsx'
import { type View, viewPath } from './view.ts'
import { language, t } from '#shared/translate.ts'

interface ToolTableProps {
  view: View
  scope: UsageScope
}

/** What tool results have cost in the requests that carried them. */
export function ToolTable({ view, scope }: ToolTableProps) {
  const usage = useQuery(toolUsageQuery(scope))
  if (usage.isPending) return <TableSkeleton />
  if (usage.data === undefined) {
    return (
      <ErrorState
        title={t`“By tool” could not be loaded`}
        error={usage.error}
        onRetry={() => void usage.refetch()}
      />
    )
  }
  const { groups } = usage.data
  return groups.length === 0 ? null : <Tools groups={groups} view={view} />
}

function Tools({ groups, view }: { groups: UsageGroup[]; view: View }) {
  return (
    <div>
      <Wide className="rounded-xl border border-line bg-surface">
        <table className="w-full text-sm">
          <caption className="px-4 pt-3 pb-2 text-left font-semibold">{t`By tool`}</caption>
          <thead>
            <tr className="border-b border-line text-xs text-muted *:px-4 *:py-1.5 *:text-right *:font-normal">
              <th scope="col" className="w-2/5 !text-left">
                {t`Tool`}
              </th>
              <th scope="col">{t`Share of input`}</th>
              <th scope="col">{t`Uses`}</th>
              <th scope="col">{t`Result tokens`}</th>
            </tr>
          </thead>
          <tbody>
            {groups.map(({ key, label, totals }) => (
              <tr
                key={key}
                className="border-b border-line tabular-nums last:border-0 *:px-4 *:py-2 *:text-right"
              >
                <th scope="row" className="max-w-48 min-w-36 !text-left font-normal">
                  <Link
                    href={viewPath({ ...view, tool: key })}
                    title={visibleText(label)}
                    className={ROW_LINK}
                    aria-current={view.tool === key}
                  >
                    {visibleText(label)}
                  </Link>
                </th>
                <td className="font-medium">
                  <Amount of={totals} />
                </td>
                <td>{totals.calls.toLocaleString(language())}</td>
                <td>
                  ≈<Tokens count={totals.inputTokens} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Wide>
      <p className="px-4 pt-2 text-xs text-muted">
        {t`A tool makes no request of its own. Its results are sent along with each later request, and this is their share of what that input cost: a part of the amounts above, always estimated.`}
      </p>
    </div>
  )
}
