// Turns a daily series into chart columns without gaps, by month when days would be too thin.
import type { UsageDay } from '#shared/api.ts'
import { worstCertainty, formatUsd } from '#shared/money.ts'
import { language, t } from '#shared/translate.ts'
import { formatTokens } from '../ui/tokens.tsx'

export type Part = UsageDay['groups'][number]

export interface SpendColumn {
  /** A UTC day; for a month, its first day. */
  key: string
  label: string
  /** For the axis, without the year. */
  shortLabel: string
  parts: Part[]
}

const MAX_DAYS = 62
const DAY_MS = 86_400_000
const ofDay = new Intl.DateTimeFormat(language(), { dateStyle: 'medium', timeZone: 'UTC' })
const ofShortDay = new Intl.DateTimeFormat(language(), {
  month: 'short',
  day: 'numeric',
  timeZone: 'UTC',
})
const ofMonth = new Intl.DateTimeFormat(language(), {
  month: 'short',
  year: 'numeric',
  timeZone: 'UTC',
})

/** Returns the columns from `first`, or the first day of the series, through `last`. */
export function spendColumns(
  series: UsageDay[],
  first: string | null,
  last: string,
): SpendColumn[] {
  const byDay = new Map(series.map(({ day, groups }) => [day, groups]))
  const days = daysBetween(first ?? series[0]?.day ?? last, last)
  const months = days.length > MAX_DAYS
  const columns = new Map<string, SpendColumn>()
  for (const day of days) {
    const key = months ? `${day.slice(0, 7)}-01` : day
    const at = Date.parse(key)
    const label = (months ? ofMonth : ofDay).format(at)
    const shortLabel = (months ? ofMonth : ofShortDay).format(at)
    const column = columns.get(key) ?? { key, label, shortLabel, parts: [] }
    column.parts = (byDay.get(day) ?? []).reduce(withPart, column.parts)
    columns.set(key, column)
  }
  return [...columns.values()]
}

function daysBetween(first: string, last: string): string[] {
  const count = Math.round((Date.parse(last) - Date.parse(first)) / DAY_MS) + 1
  return Array.from({ length: Math.max(1, count) }, (_, n) =>
    new Date(Date.parse(first) + n * DAY_MS).toISOString().slice(0, 10),
  )
}

function withPart(parts: Part[], part: Part): Part[] {
  const before = parts.find(({ key }) => key === part.key)
  if (before === undefined) return [...parts, part]
  const costs = [before.costNanoUsd, part.costNanoUsd].filter((cost) => cost !== null)
  const sum: Part = {
    ...part,
    costNanoUsd: costs.length === 0 ? null : costs.reduce((a, b) => a + b),
    certainty: worstCertainty(before.certainty, part.certainty),
    unpricedCalls: before.unpricedCalls + part.unpricedCalls,
    tokens: before.tokens + part.tokens,
  }
  return parts.map((other) => (other === before ? sum : other))
}

/** What the height of a bar shows: money, or tokens when nothing has a cost. */
export type Measure = 'money' | 'tokens'

export function measured(measure: Measure, part: Part): number {
  return measure === 'money' ? (part.costNanoUsd ?? 0) : part.tokens
}

/** Beside an axis that says what it measures. */
export function formatLevel(measure: Measure, amount: number): string {
  return measure === 'money' ? formatUsd(Math.round(amount)) : formatTokens(amount)
}

export function formatMeasured(measure: Measure, amount: number): string {
  const level = formatLevel(measure, amount)
  return measure === 'money' ? level : t`${level} tokens`
}
