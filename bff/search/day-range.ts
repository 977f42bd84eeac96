// The value of `after:` and `before:`: a day, a month or a year, in UTC.
import { t } from '#shared/translate.ts'
import { Problem } from '../http/problem.ts'

const SHAPE = /^(\d{4})(?:-(\d{1,2}))?(?:-(\d{1,2}))?$/

/** Returns the time at which it begins. */
export function parseDay(name: string, value: string): string {
  const [, year, month = '1', day = '1'] = SHAPE.exec(value) ?? []
  const at = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)))
  // A day that does not exist, such as February 30, would move to another month.
  const exists = at.getUTCMonth() === Number(month) - 1 && at.getUTCDate() === Number(day)
  if (year === undefined || !exists) {
    throw new Problem(
      'bad_request',
      t`${name}: takes a date, as in ${name}:2026-01-31, ${name}:2026-01 or ${name}:2026.`,
    )
  }
  return at.toISOString()
}
