// Formats and sorts what-if rows.
import { formatUsd, withDecimalSign } from '#shared/money.ts'
import type { WhatIf, WhatIfModel } from '#shared/what-if.ts'
import { language, plural, t, tAs } from '#shared/translate.ts'

export type SortBy = 'model' | 'cost'

export interface Order {
  by: SortBy
  descending: boolean
}

const byName = new Intl.Collator(language(), { numeric: true })

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

/** Returns "−96 %" or "+7 %", against what was billed; words where there is no percentage. */
export function formatChange({ costNanoUsd, differenceNanoUsd, ratio }: WhatIfModel): string {
  if (differenceNanoUsd === null) return t`not known`
  if (differenceNanoUsd === 0) return t`the same`
  if (ratio === null) return t`was free`
  if (costNanoUsd === 0) return t`free`
  const percent = Math.abs(ratio - 1) * 100
  return `${differenceNanoUsd < 0 ? '−' : '+'}${formatPercent(percent, differenceNanoUsd < 0)} %`
}

/** Rounds, but never to 0 % for a difference, nor to 100 % for what is almost free. */
function formatPercent(percent: number, isLess: boolean): string {
  if (isLess && percent >= 99.5) {
    return withDecimalSign((Math.min(999, Math.floor(percent * 10)) / 10).toFixed(1))
  }
  const digits = percent < 1 ? { maximumSignificantDigits: 1 } : { maximumFractionDigits: 0 }
  return percent.toLocaleString(language(), digits)
}

/** Returns "$0.0066 less"; null if there is nothing to add to the words of `formatChange`. */
export function formatDifference({ differenceNanoUsd, certainty }: WhatIfModel): string | null {
  if (differenceNanoUsd === null || differenceNanoUsd === 0) return null
  const mark = certainty === 'estimated' ? '≈' : ''
  const size = mark + formatUsd(Math.abs(differenceNanoUsd))
  return differenceNanoUsd > 0 ? tAs('an amount')`${size} more` : t`${size} less`
}

export function notesOn({ hasCacheRate, fits, unpricedCalls }: WhatIfModel): string[] {
  return [
    ...(fits === false ? [t`The longest request is too long for it`] : []),
    ...(hasCacheRate === false ? [t`No rate for cached input: priced as fresh`] : []),
    ...(unpricedCalls > 0 ? [t`${requests(unpricedCalls)} without a price`] : []),
  ]
}

export function formatLeftOut({ leftOut: { uncounted, older } }: WhatIf): string | null {
  const unknown = t`${requests(uncounted)} with unknown token counts`
  const earlier = plural(older, {
    one: t`1 earlier request`,
    other: t`${older.toLocaleString(language())} earlier requests`,
  })
  if (uncounted > 0 && older > 0) return t`Left out: ${unknown}, and ${earlier}.`
  if (uncounted > 0) return t`Left out: ${unknown}.`
  return older > 0 ? t`Left out: ${earlier}.` : null
}

export function requests(count: number): string {
  return plural(count, {
    one: t`1 request`,
    other: t`${count.toLocaleString(language())} requests`,
  })
}
