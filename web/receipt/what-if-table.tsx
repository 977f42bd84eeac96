import { ArrowDown, ArrowUp } from 'lucide'
import { useState } from 'react'
import type { WhatIfModel } from '#shared/what-if.ts'
import { visibleText } from '#shared/visible-text.ts'
import { useSetFavorite } from '../api/favorite-models.ts'
import { Amount } from '../ui/amount.tsx'
import { Button } from '../ui/button.tsx'
import { FavoriteStar } from '../ui/favorite-star.tsx'
import { Icon } from '../ui/icon.tsx'
import { useToast } from '../ui/toast.tsx'
import { Wide } from '../ui/wide.tsx'
import {
  formatChange,
  formatDifference,
  notesOn,
  type Order,
  type SortBy,
} from './format-what-if.ts'
import { t } from '#shared/translate.ts'

const FIRST_ROWS = 30

const GROUPS: { title: string; has: (row: WhatIfModel) => boolean }[] = [
  { title: t`Favourites`, has: ({ favorite }) => favorite },
  { title: t`Your providers`, has: ({ favorite, from }) => !favorite && from === 'own' },
  { title: t`Price lists`, has: ({ favorite, from }) => !favorite && from === 'list' },
]

interface WhatIfTableProps {
  rows: WhatIfModel[]
  order: Order
  onOrder: (order: Order) => void
}

export function WhatIfTable({ rows, order, onOrder }: WhatIfTableProps) {
  const [all, setAll] = useState(false)
  const groups = GROUPS.map(({ title, has }) => {
    const own = rows.filter(has)
    // The first, and the model that answered.
    const shown = all ? own : own.filter(({ used }, at) => at < FIRST_ROWS || used)
    return { title, rows: shown }
  })
  const count = groups.reduce((sum, group) => sum + group.rows.length, 0)
  const column = { order, onOrder }
  return (
    <Wide className="rounded-xl border border-line">
      <table className="w-full text-sm">
        <caption className="sr-only">{t`What this conversation would have cost`}</caption>
        <thead>
          <tr className="border-b border-line text-xs text-muted">
            <th scope="col">
              <span className="sr-only">{t`Favourite`}</span>
            </th>
            <Sortable
              by="model"
              title={t`Model`}
              className="text-left [&>button]:pl-1"
              {...column}
            />
            <Sortable by="cost" title={t`Would cost`} className="text-right" {...column} />
            <th scope="col" className="px-3 py-1.5 text-right font-normal">
              {t`Difference`}
            </th>
          </tr>
        </thead>
        {groups.map((group) => (
          <Group key={group.title} {...group} />
        ))}
      </table>
      {count < rows.length && (
        <div className="border-t border-line p-2">
          <Button variant="quiet" onClick={() => setAll(true)}>
            {t`Show all ${rows.length}`}
          </Button>
        </div>
      )}
    </Wide>
  )
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

interface GroupProps {
  title: string
  rows: WhatIfModel[]
}

function Group({ title, rows }: GroupProps) {
  if (rows.length === 0) return null
  return (
    <tbody>
      <tr className="bg-sunken text-xs text-muted">
        <th scope="rowgroup" colSpan={4} className="px-3 py-1 text-left font-medium">
          {title}
        </th>
      </tr>
      {rows.map((row) => (
        <Row key={`${row.from} ${row.provider} ${row.model}`} row={row} />
      ))}
    </tbody>
  )
}

function Row({ row }: { row: WhatIfModel }) {
  const showToast = useToast()
  const marking = useSetFavorite(({ message }) => showToast({ text: message }))
  const { provider } = row
  const notes = notesOn(row)
  const difference = formatDifference(row)
  const model = visibleText(row.model)
  return (
    <tr className={`border-t border-line align-baseline ${row.used ? 'bg-accent-soft/50' : ''}`}>
      <td className="w-0 pl-1">
        <FavoriteStar
          provider={provider}
          model={row.model}
          favorite={row.favorite}
          onChange={(favorite) => marking.mutate({ provider, model: row.model, favorite })}
        />
      </td>
      <th scope="row" className="min-w-28 py-2 pr-3 pl-1 text-left font-normal wrap-anywhere">
        <span className="flex flex-wrap items-baseline gap-x-2 font-medium">
          {model}
          {row.used && (
            <span className="rounded-md bg-accent-soft px-1.5 text-xs font-medium text-accent">
              {t`answered here`}
            </span>
          )}
        </span>
        <span className="block text-xs text-muted">
          {visibleText([provider, ...notes].join(' · '))}
        </span>
      </th>
      <td className="px-3 py-2 text-right font-medium whitespace-nowrap">
        <Amount of={row} />
      </td>
      <td className="px-3 py-2 text-right whitespace-nowrap tabular-nums">
        <span className={`block ${(row.differenceNanoUsd ?? 0) < 0 ? 'text-accent' : ''}`}>
          {formatChange(row)}
        </span>
        {difference !== null && (
          <span className="block text-xs text-muted max-sm:hidden">{difference}</span>
        )}
      </td>
    </tr>
  )
}
