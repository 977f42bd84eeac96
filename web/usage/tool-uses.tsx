import { useInfiniteQuery } from '@tanstack/react-query'
import { X } from 'lucide'
import { useEffect, useId, useRef, useState } from 'react'
import type { ToolUseOrder } from '#shared/usage.ts'
import { visibleText } from '#shared/visible-text.ts'
import { toolUseListQuery, type UsageScope } from '../api/usage.ts'
import { Link } from '../router.tsx'
import { Button } from '../ui/button.tsx'
import { ErrorState } from '../ui/error-state.tsx'
import { Icon } from '../ui/icon.tsx'
import { Wide } from '../ui/wide.tsx'
import { Choice } from './choice.tsx'
import { formatRange } from './range.ts'
import { TableSkeleton } from './table-skeleton.tsx'
import { ToolUseTable } from './tool-use-table.tsx'
import { type View, viewPath } from './view.ts'
import { language, plural, t } from '#shared/translate.ts'

const ORDERS: readonly ToolUseOrder[] = ['dearest', 'newest']
const ORDER_LABELS: Record<ToolUseOrder, string> = {
  dearest: t`Dearest first`,
  newest: t`Newest first`,
}

interface ToolUsesProps {
  tool: string
  view: View
  scope: UsageScope
}

/** Lists the uses of a tool with their cost and conversation. */
export function ToolUses({ tool, view, scope }: ToolUsesProps) {
  const name = visibleText(tool)
  const [order, setOrder] = useState<ToolUseOrder>('dearest')
  const uses = useInfiniteQuery(toolUseListQuery(tool, order, scope))
  const id = useId()
  const ref = useRef<HTMLElement>(null)
  const isLoaded = uses.data !== undefined
  useEffect(() => {
    if (isLoaded) ref.current?.scrollIntoView({ block: 'nearest' })
  }, [isLoaded])
  if (uses.isPending) return <TableSkeleton />
  if (uses.data === undefined) {
    return (
      <ErrorState
        title={t`The uses of ${name} could not be loaded`}
        error={uses.error}
        onRetry={() => void uses.refetch()}
      />
    )
  }
  const { pages } = uses.data
  const listed = pages.flatMap(({ items }) => items)
  const gone = pages[0]?.goneUses ?? 0
  return (
    <section
      ref={ref}
      aria-labelledby={id}
      aria-busy={uses.isPlaceholderData}
      className={`scroll-my-4 rounded-xl border border-line bg-surface transition-opacity ${uses.isPlaceholderData ? 'opacity-60' : ''}`}
    >
      <div className="flex flex-wrap items-center gap-x-2 gap-y-3 px-4 py-3">
        <h2 id={id} className="mr-auto min-w-0 truncate text-sm font-semibold" title={name}>
          {t`Uses of ${name}`}
        </h2>
        <Choice
          legend={t`Order of uses`}
          name="order-of-uses"
          options={ORDERS}
          chosen={order}
          label={(option) => ORDER_LABELS[option]}
          onChoose={setOrder}
          className="max-sm:order-last"
        />
        <Link
          href={viewPath({ ...view, tool: null })}
          aria-label={t`Close the uses of ${name}`}
          title={t`Close`}
          className="inline-flex size-8 shrink-0 items-center justify-center rounded-md text-muted hover:bg-sunken hover:text-ink pointer-coarse:size-11"
        >
          <Icon of={X} className="size-4" />
        </Link>
      </div>
      {listed.length === 0 ? (
        <p className="border-t border-line px-4 py-6 text-sm text-muted">
          {gone > 0 ? formatGone(gone, false) : notUsed(formatRange(view.range))}
        </p>
      ) : (
        <Wide className="border-t border-line">
          <ToolUseTable
            uses={listed}
            caption={t`Uses of ${name}, ${ORDER_LABELS[order].toLowerCase()}`}
          />
        </Wide>
      )}
      {uses.hasNextPage && (
        <div className="border-t border-line p-2">
          <Button
            variant="quiet"
            busy={uses.isFetchingNextPage}
            onClick={() => void uses.fetchNextPage()}
          >
            {t`Show more`}
          </Button>
        </div>
      )}
      {listed.length > 0 && (
        <p className="border-t border-line px-4 py-2 text-xs text-muted">
          {t`The cost of carrying a result is counted up to now; the table above counts only the days shown.`}
          {gone > 0 && ` ${formatGone(gone, true)}`}
        </p>
      )}
    </section>
  )
}

function notUsed(when: string): string {
  return when === '' ? t`It was never used.` : t`It was not used ${when}.`
}

function formatGone(gone: number, isMore: boolean): string {
  const count = gone.toLocaleString(language())
  return isMore
    ? plural(gone, {
        one: t`1 more use was in deleted conversations; only their sums are kept.`,
        other: t`${count} more uses were in deleted conversations; only their sums are kept.`,
      })
    : plural(gone, {
        one: t`1 use was in deleted conversations; only their sums are kept.`,
        other: t`${count} uses were in deleted conversations; only their sums are kept.`,
      })
}
