import { toLabel } from './to-label.ts'
import { language, t } from '#shared/translate.ts'

export interface ReadField {
  label: string
  /** An amount as money, a date as a date. Null: the value as it is. */
  text: string | null
}

/** A property for a reader. Two values never have the same text: an approval shows nothing else. */
export function readField(name: string, value: unknown): ReadField {
  if (typeof value === 'number' && USD.test(name)) {
    return { label: toLabel(name.replace(USD, '')), text: money.format(value) }
  }
  return { label: toLabel(name), text: typeof value === 'string' ? dateText(value) : null }
}

/** `amountUsd`, `amount_usd` */
const USD = /(?<=[a-z\d])(?:Usd|_usd)$/

const money = new Intl.NumberFormat(language(), {
  style: 'currency',
  currency: 'USD',
  maximumFractionDigits: 20,
})

const day = new Intl.DateTimeFormat(language(), { dateStyle: 'long', timeZone: 'UTC' })

function dateText(value: string): string | null {
  const [, date, time] =
    /^(\d{4}-\d\d-\d\d)(?:T(\d\d:\d\d(?::\d\d(?:\.\d+)?)?)Z)?$/.exec(value) ?? []
  if (date === undefined) return null
  const at = new Date(value)
  if (Number.isNaN(at.valueOf()) || !at.toISOString().startsWith(date)) return null
  return time === undefined ? day.format(at) : t`${day.format(at)}, ${time} UTC`
}
