// Splits a period into whole UTC days, which have stored sums, and the partial days at its ends, which
// are summed from the ledger.
import { Problem } from '../../http/problem.ts'
import { t } from '#shared/translate.ts'

/** From `from` (inclusive) to `to` (exclusive). Null means no limit. */
export interface Period {
  from: string | null
  to: string | null
}

/** Sort before and after every time. */
export const ALWAYS = ['0', '9'] as const

export interface Cut {
  /** From `firstDay` to the day before `endDay`. Null if the period contains no whole day. */
  days: { firstDay: string; endDay: string } | null
  /** The partial days, as ISO 8601 times. */
  pieces: { from: string; to: string }[]
}

const FIRST_DAY = '0000-00-00'
const END_DAY = '9999-99-99'
const DAY_MS = 86_400_000

/** Parses ISO 8601 times or days. A day as `to` is included. Throws a `bad_request` problem. */
export function parsePeriod(from: string | undefined, to: string | undefined): Period {
  const period = { from: parseTime('from', from, 0), to: parseTime('to', to, DAY_MS) }
  if (period.from !== null && period.to !== null && period.from > period.to) {
    throw new Problem('bad_request', t`from: lies after to`)
  }
  return period
}

export function cutIntoDays({ from, to }: Period): Cut {
  const firstDay = from === null ? FIRST_DAY : dayOf(nextMidnight(from))
  const endDay = to === null ? END_DAY : dayOf(to)
  if (from !== null && to !== null && firstDay > endDay)
    return { days: null, pieces: [{ from, to }] }
  const pieces = []
  if (from !== null) pieces.push({ from, to: nextMidnight(from) })
  if (to !== null) pieces.push({ from: midnight(endDay), to })
  return {
    days: firstDay < endDay ? { firstDay, endDay } : null,
    pieces: pieces.filter((piece) => piece.from < piece.to),
  }
}

/** Returns every day the period touches, as text that sorts with days and times. */
export function touchedDays({ from, to }: Period): { firstDay: string; endDay: string } {
  return {
    firstDay: from === null ? FIRST_DAY : dayOf(from),
    endDay: to === null ? END_DAY : dayOf(nextMidnight(to)),
  }
}

function parseTime(name: string, text: string | undefined, lengthOfDay: number): string | null {
  if (text === undefined || text === '') return null
  const isDay = /^\d{4}-\d{2}-\d{2}$/.test(text)
  const time = new Date(isDay ? `${text}T00:00:00Z` : text)
  const year = time.getUTCFullYear()
  // Other years do not have four digits, so they would not sort as text.
  const isTime =
    (isDay || /^\d{4}-\d{2}-\d{2}T.*(Z|[+-]\d{2}:\d{2})$/.test(text)) && year > 1970 && year < 9999
  if (!isTime)
    throw new Problem('bad_request', t`${name}: give a day or an ISO 8601 time with its zone`)
  return new Date(time.getTime() + (isDay ? lengthOfDay : 0)).toISOString()
}

function dayOf(time: string): string {
  return time.slice(0, 10)
}

function midnight(day: string): string {
  return `${day}T00:00:00.000Z`
}

/** Returns the time itself if it is midnight. */
function nextMidnight(time: string): string {
  const start = midnight(dayOf(time))
  return start === time ? time : new Date(Date.parse(start) + DAY_MS).toISOString()
}
