// Formats and sorts what-if rows.
import { formatUsd } from '#shared/money.ts'
import type { WhatIf, WhatIfModel } from '#shared/what-if.ts'

export type SortBy = 'model' | 'cost'

export interface Order {
  by: SortBy
  descending: boolean
}

const byName = new Intl.Collator('en', { numeric: true })

export function shownRows(items: WhatIfModel[], filter: string, order: Order): WhatIfModel[] {
  const words = filter.toLowerCase().split(/\s+/)
  const found = items.filter(({ provider, model }) => {
    const name = `${provider} ${model}`.toLowerCase()
    return words.every((word) => name.includes(word))
  })
  const sign = order.descending ? -1 : 1
  return found.toSorted((a, b) => sign * compare(a, b, order.by))
}

function compare(a: WhatIfModel, b: WhatIfModel, by: SortBy): number {
  const names = byName.compare(a.model, b.model)
  return by === 'model' ? names : (a.costNanoUsd ?? 0) - (b.costNanoUsd ?? 0) || names
}

/** Returns "$0.0066 less"; null if one side is incomplete. */
export function formatDifference({ differenceNanoUsd, certainty }: WhatIfModel): string | null {
  if (differenceNanoUsd === null) return null
  if (differenceNanoUsd === 0) return 'the same'
  const size = formatUsd(Math.abs(differenceNanoUsd))
  const mark = certainty === 'estimated' ? '≈' : ''
  return `${mark}${size} ${differenceNanoUsd > 0 ? 'more' : 'less'}`
}

/** Returns "6 % of it" or "12 times as much". */
export function formatRatio({ ratio, differenceNanoUsd }: WhatIfModel): string | null {
  if (ratio === null || differenceNanoUsd === 0) return null
  if (ratio >= 10) return `${Math.round(ratio).toLocaleString('en-US')} times as much`
  if (ratio >= 2) return `${ratio.toFixed(1).replace(/\.0$/, '')} times as much`
  const percent = ratio * 100
  return percent < 1 ? 'less than 1 % of it' : `${Math.round(percent)} % of it`
}

export function notesOn({ hasCacheRate, fits, unpricedCalls }: WhatIfModel): string[] {
  return [
    ...(fits === false ? ['The longest request is too long for it'] : []),
    ...(hasCacheRate === false ? ['No rate for cached input: priced as fresh'] : []),
    ...(unpricedCalls > 0 ? [`${requests(unpricedCalls)} without a price`] : []),
  ]
}

export function formatLeftOut({ leftOut: { uncounted, older } }: WhatIf): string | null {
  const parts = [
    ...(uncounted > 0 ? [`${requests(uncounted)} with unknown token counts`] : []),
    ...(older > 0
      ? [older === 1 ? '1 earlier request' : `${older.toLocaleString('en-US')} earlier requests`]
      : []),
  ]
  return parts.length === 0 ? null : `Left out: ${parts.join(', and ')}.`
}

export function requests(count: number): string {
  return count === 1 ? '1 request' : `${count.toLocaleString('en-US')} requests`
}
