import { ArrowDown, ArrowUp } from 'lucide'
import { useState } from 'react'
import type { WhatIfModel } from '#shared/what-if.ts'
import { visibleText } from '#shared/visible-text.ts'
import { Amount } from '../ui/amount.tsx'
import { Button } from '../ui/button.tsx'
import { Icon } from '../ui/icon.tsx'
import { Wide } from '../ui/wide.tsx'
import {
  formatDifference,
  notesOn,
  type Order,
  formatRatio,
  type SortBy,
} from './format-what-if.ts'

const FIRST_ROWS = 30

interface WhatIfTableProps {
  rows: WhatIfModel[]
  order: Order
  onOrder: (order: Order) => void
}

export function WhatIfTable({ rows, order, onOrder }: WhatIfTableProps) {
  const [all, setAll] = useState(false)
  const shown = all ? rows : [...first(rows, 'own'), ...first(rows, 'list')]
  const column = { order, onOrder }
  return (
    <Wide className="rounded-xl border border-line">
      <table className="w-full text-sm">
        <caption className="sr-only">What this conversation would have cost</caption>
        <thead>
          <tr className="border-b border-line text-xs text-muted">
            <Sortable by="model" title="Model" className="text-left" {...column} />
            <Sortable by="cost" title="Would cost" className="text-right" {...column} />
            <th scope="col" className="px-3 py-1.5 text-right font-normal">
              Difference
            </th>
          </tr>
        </thead>
        <Group title="Your providers" rows={shown.filter(({ from }) => from === 'own')} />
        <Group title="Price lists" rows={shown.filter(({ from }) => from === 'list')} />
      </table>
      {shown.length < rows.length && (
        <div className="border-t border-line p-2">
          <Button variant="quiet" onClick={() => setAll(true)}>
            Show all {rows.length}
          </Button>
        </div>
      )}
    </Wide>
  )
}

/** Returns the first rows and the model that answered. */
function first(rows: WhatIfModel[], from: WhatIfModel['from']): WhatIfModel[] {
  return rows.filter((row) => row.from === from).filter((row, at) => at < FIRST_ROWS || row.used)
}

interface SortableProps {
  by: SortBy
  title: string
  className: string
  order: Order
  onOrder: (order: Order) => void
}

function Sortable({ by, title, className, order, onOrder }: SortableProps) {
  const isSorted = order.by === by
  const direction = order.descending ? 'descending' : 'ascending'
  return (
    <th scope="col" className={className} aria-sort={isSorted ? direction : 'none'}>
      <button
        type="button"
        className={`inline-flex items-center gap-1 rounded px-3 py-1.5 hover:text-ink pointer-coarse:min-h-11 ${isSorted ? 'font-medium text-ink' : 'font-normal'}`}
        onClick={() => onOrder({ by, descending: isSorted && !order.descending })}
      >
        {title}
        <span className={`size-3 ${isSorted ? '' : 'opacity-0'}`}>
          <Icon of={order.descending ? ArrowDown : ArrowUp} className="size-3" />
        </span>
      </button>
    </th>
  )
}

function Group({ title, rows }: { title: string; rows: WhatIfModel[] }) {
  if (rows.length === 0) return null
  return (
    <tbody>
      <tr className="bg-sunken text-xs text-muted">
        <th scope="rowgroup" colSpan={3} className="px-3 py-1 text-left font-medium">
          {title}
        </th>
      </tr>
      {rows.map((row) => (
        <Row key={`${row.provider} ${row.model}`} row={row} />
      ))}
    </tbody>
  )
}

function Row({ row }: { row: WhatIfModel }) {
  const notes = notesOn(row)
  const ratio = formatRatio(row)
  return (
    <tr className={`border-t border-line align-baseline ${row.used ? 'bg-accent-soft/50' : ''}`}>
      <th scope="row" className="min-w-28 px-3 py-2 text-left font-normal wrap-anywhere">
        <span className="flex flex-wrap items-baseline gap-x-2 font-medium">
          {visibleText(row.model)}
          {row.used && (
            <span className="rounded-md bg-accent-soft px-1.5 text-xs font-medium text-accent">
              answered here
            </span>
          )}
        </span>
        <span className="block text-xs text-muted">
          {visibleText([row.provider, ...notes].join(' · '))}
        </span>
      </th>
      <td className="px-3 py-2 text-right font-medium whitespace-nowrap">
        <Amount of={row} />
      </td>
      <td className="px-3 py-2 text-right tabular-nums">
        <span className={`block sm:whitespace-nowrap ${ratio === null ? '' : 'max-sm:hidden'}`}>
          {formatDifference(row) ?? 'not comparable'}
        </span>
        {ratio !== null && <span className="block text-xs sm:text-muted">{ratio}</span>}
      </td>
    </tr>
  )
}
