import { plural, t } from '#shared/translate.ts'
import { ToolError } from '../../runtime/tool-error.ts'
const DAY_MS = 86_400_000

/** 2026-11-20 */
export function dayFrom(today: Date, days: number): string {
  return new Date(today.getTime() + days * DAY_MS).toISOString().slice(0, 10)
}

export function daysAgo(days: number): string {
  return plural(days, { one: t`1 day ago`, other: t`${days} days ago` })
}

export function inDollars(cents: number): string {
  return `$${(cents / 100).toFixed(2)}`
}

/** Throws a sentence for the model if it is no amount of whole cents. */
export function toCents(usd: number): number {
  const cents = Math.round(usd * 100)
  if (cents <= 0 || Math.abs(cents - usd * 100) > 1e-6) {
    throw new ToolError(t`The amount must be more than 0 and in whole cents.`)
  }
  return cents
}
