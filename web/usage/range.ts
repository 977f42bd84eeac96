// The range of days that the usage page shows. Days are UTC days, as in the ledger.
import { formatDay } from './day.ts'
import { plural, t } from '#shared/translate.ts'

export type Range =
  | { kind: 'last'; /** Null means all days. */ days: number | null }
  /** Both days are included. */
  | { kind: 'between'; first: string; last: string }

/** The time from `from` up to but not including `to`; null leaves that end open. */
export interface Span {
  from: string | null
  to: string | null
}

export const PRESETS = [7, 30, null] as const
export const DEFAULT_RANGE: Range = { kind: 'last', days: 30 }

const DAY_MS = 86_400_000
const FIRST_YEAR = '1971'

export function spanOf(range: Range, now: Date): Span {
  if (range.kind === 'between') return { from: midnight(range.first), to: dayAfter(range.last) }
  if (range.days === null) return { from: null, to: null }
  const today = Date.parse(midnight(dayOf(now)))
  return { from: new Date(today - (range.days - 1) * DAY_MS).toISOString(), to: null }
}

/** Returns the span of the same length before; for an unfinished range, up to the same time of day. */
export function spanBefore(range: Range, now: Date): Span | null {
  const { from, to } = spanOf(range, now)
  const days = lengthOf(range)
  if (from === null || days === null) return null
  const earlier = (time: number): string => new Date(time - days * DAY_MS).toISOString()
  const end = Math.min(now.getTime(), to === null ? Infinity : Date.parse(to))
  return { from: earlier(Date.parse(from)), to: earlier(Math.max(end, Date.parse(from))) }
}

/** Returns the days that a chart shows; `first` is null for all days. */
export function drawnDays(range: Range, now: Date): { first: string | null; last: string } {
  const today = dayOf(now)
  if (range.kind === 'last') {
    return { first: spanOf(range, now).from?.slice(0, 10) ?? null, last: today }
  }
  return {
    first: range.first,
    last: range.first < today && today < range.last ? today : range.last,
  }
}

/** Formats the length, like "7 days"; null if the range has no beginning. */
export function formatLength(range: Range): string | null {
  const days = lengthOf(range)
  if (days === null) return null
  return plural(days, { one: t`day`, other: t`${days} days` })
}

const NEAREST_DAYS = 30

/**
 * Returns a range of days around the day with usage that is nearest to a range without any: the newest day
 * before it, else the first after it. Null if no day has usage. `days` are UTC days in any order.
 */
export function nearestRange(days: string[], range: Range, now: Date): Range | null {
  const first = spanOf(range, now).from?.slice(0, 10) ?? dayOf(now)
  const sorted = days.toSorted()
  const before = sorted.filter((day) => day < first).at(-1)
  const after = sorted.find((day) => day >= first)
  const shift = (day: string, count: number) =>
    dayOf(new Date(Date.parse(midnight(day)) + count * DAY_MS))
  if (before !== undefined) {
    return { kind: 'between', first: shift(before, 1 - NEAREST_DAYS), last: before }
  }
  if (after === undefined) return null
  return { kind: 'between', first: after, last: shift(after, NEAREST_DAYS - 1) }
}

/** "in the last 7 days", "on Nov 2, 2026", "from Nov 2, 2026 to Nov 4, 2026". */
export function formatRange(range: Range): string {
  if (range.kind === 'last') return range.days === null ? '' : t`in the last ${range.days} days`
  const { first, last } = range
  return first === last
    ? t`on ${formatDay(first)}`
    : t`from ${formatDay(first)} to ${formatDay(last)}`
}

/** Returns what is wrong with two days, or null. */
export function rangeProblem(first: string, last: string): string | null {
  if (!isDay(first)) return t`Choose a first day.`
  if (!isDay(last)) return t`Choose a last day.`
  if (first > last) return t`The first day lies after the last one. Choose an earlier one.`
  return null
}

/** Returns the UTC day of a time. */
export function dayOf(now: Date): string {
  return now.toISOString().slice(0, 10)
}

function isDay(text: string): boolean {
  if (!/^\d{4}-\d\d-\d\d$/.test(text) || text < FIRST_YEAR) return false
  const time = new Date(`${text}T00:00:00Z`)
  // Date.parse reads February 30 as a day in March.
  return !Number.isNaN(time.getTime()) && dayOf(time) === text
}

function lengthOf(range: Range): number | null {
  if (range.kind === 'last') return range.days
  return (Date.parse(dayAfter(range.last)) - Date.parse(midnight(range.first))) / DAY_MS
}

function midnight(day: string): string {
  return `${day}T00:00:00.000Z`
}

function dayAfter(day: string): string {
  return new Date(Date.parse(midnight(day)) + DAY_MS).toISOString()
}
