// Compares a period with the one before it, never more precisely than both amounts allow.
import { type Amount, formatUsd } from '#shared/money.ts'
import type { Totals } from '#shared/totals.ts'
import { formatTokens } from '../ui/tokens.tsx'

/** The totals of the period before. */
export interface Earlier {
  /** For example `7 days`. */
  length: string
  totals: Totals
}

/** Returns null if the period before has no calls. */
export function compareAmounts(now: Amount, { totals }: Earlier): string | null {
  if (totals.calls === 0) return null
  if (isPartial(now) || isPartial(totals)) return 'Not compared: calls without a price'
  const difference = (now.costNanoUsd ?? 0) - (totals.costNanoUsd ?? 0)
  const mark = [now, totals].some(({ certainty }) => certainty === 'estimated') ? '≈' : ''
  return change(difference, totals.costNanoUsd ?? 0, (size) => mark + formatUsd(size))
}

export function compareCounts(now: number, before: number, { totals }: Earlier): string | null {
  return totals.calls === 0 ? null : change(now - before, before, formatTokens)
}

export function comparedWith({ length, totals }: Earlier): string {
  return totals.calls === 0
    ? `Nothing in the ${length} before.`
    : `Compared with the ${length} before.`
}

function isPartial({ costNanoUsd, certainty, unpricedCalls = 0 }: Amount): boolean {
  return costNanoUsd === null || certainty === 'unknown' || unpricedCalls > 0
}

function change(difference: number, before: number, format: (size: number) => string): string {
  if (difference === 0) return 'As much as before'
  const part = before === 0 ? '' : ` (${percent.format(difference / before)})`
  return `${format(Math.abs(difference))} ${difference > 0 ? 'more' : 'less'}${part}`
}

const percent = new Intl.NumberFormat('en-US', {
  style: 'percent',
  signDisplay: 'exceptZero',
  maximumFractionDigits: 0,
})
