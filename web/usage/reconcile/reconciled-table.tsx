import { useState } from 'react'
import type { BilledSum, ReconciledRow } from '#shared/reconcile.ts'
import { visibleText } from '#shared/visible-text.ts'
import { Link } from '../../router.tsx'
import { Amount } from '../../ui/amount.tsx'
import { Button } from '../../ui/button.tsx'
import { Wide } from '../../ui/wide.tsx'
import { formatDay } from '../day.ts'
import { ROW_LINK } from '../row-link.ts'
import { viewPath } from '../view.ts'
import { formatDifference, formatShare, formatStatus } from './difference.ts'
import { language, plural, t } from '#shared/translate.ts'

const FIRST_ROWS = 100

interface ReconciledTableProps {
  rows: ReconciledRow[]
  /** The name of the other side. */
  biller: string
}

export function ReconciledTable({ rows, biller }: ReconciledTableProps) {
  const [all, setAll] = useState(false)
  const shown = all ? rows : rows.slice(0, FIRST_ROWS)
  return (
    <Wide className="rounded-xl border border-line bg-surface">
      <table className="w-full text-sm">
        <caption className="px-4 pt-3 pb-2 text-left font-semibold">{t`By day and model`}</caption>
        <thead>
          <tr className="border-b border-line text-xs text-muted *:px-4 *:py-1.5 *:text-right *:font-normal *:whitespace-nowrap">
            <th scope="col" className="!text-left">
              {t`Day and model`}
            </th>
            <th scope="col">{t`Difference`}</th>
            <th scope="col">%</th>
            <th scope="col">Tally</th>
            <th scope="col">{biller}</th>
          </tr>
        </thead>
        <tbody>
          {shown.map((row) => (
            <Row key={`${row.day} ${row.model}`} row={row} biller={biller} />
          ))}
        </tbody>
      </table>
      {shown.length < rows.length && (
        <div className="border-t border-line p-2">
          <Button variant="quiet" onClick={() => setAll(true)}>
            {t`Show all ${rows.length.toLocaleString(language())}`}
          </Button>
        </div>
      )}
    </Wide>
  )
}

function Row({ row, biller }: { row: ReconciledRow; biller: string }) {
  const { day, model, ours, theirs, status, differenceNanoUsd } = row
  const isSame = status === 'same'
  return (
    <tr className="border-b border-line whitespace-nowrap tabular-nums last:border-0 *:px-4 *:py-2 *:text-right *:align-top">
      <th scope="row" className="max-w-56 min-w-36 !text-left font-normal">
        <span className="block text-xs text-muted">
          {formatDay(day)} ·{' '}
          <span className={isSame ? '' : 'font-medium text-warn'}>
            {formatStatus(status, biller)}
          </span>
        </span>
        <ModelName {...{ day, model, ours, theirs }} />
      </th>
      <td className={isSame ? 'text-muted' : 'font-medium'}>
        {formatDifference(differenceNanoUsd)}
      </td>
      <td className="text-muted">{formatShare(differenceNanoUsd, theirs?.costNanoUsd ?? null)}</td>
      <td>
        <Side sum={ours} />
      </td>
      <td>
        <Side sum={theirs} />
      </td>
    </tr>
  )
}

/** Links to the calls of the day, if any. The other side's names for the model follow below. */
function ModelName({
  day,
  model,
  ours,
  theirs,
}: Omit<ReconciledRow, 'status' | 'differenceNanoUsd'>) {
  const [own] = ours?.models ?? []
  const others = (theirs?.models ?? []).filter((name) => !ours?.models.includes(name))
  const name = visibleText(ours?.models.join(', ') ?? others.join(', '))
  const range = { kind: 'between', first: day, last: day } as const
  return (
    <>
      {own === undefined ? (
        <span className="block truncate" title={name}>
          {name === '' ? visibleText(model) : name}
        </span>
      ) : (
        <Link
          href={viewPath({ range, filter: { model: own }, tool: null })}
          title={name}
          className={ROW_LINK}
        >
          {name}
        </Link>
      )}
      {own !== undefined && others.length > 0 && (
        <span className="block truncate text-xs text-muted" title={others.join(', ')}>
          {others.join(', ')}
        </span>
      )}
    </>
  )
}

function Side({ sum }: { sum: BilledSum | null }) {
  if (sum === null) return '–'
  return (
    <>
      <Amount of={sum} />
      {sum.calls !== null && (
        <span className="block text-xs text-muted">
          {plural(sum.calls, {
            one: t`1 call`,
            other: t`${sum.calls.toLocaleString(language())} calls`,
          })}
        </span>
      )}
    </>
  )
}
