// This period next to the one before it, in words that claim no more than both amounts allow.
import { type Amount, formatUsd } from '#shared/money.ts'
import type { Totals } from '#shared/totals.ts'
import { formatTokens } from '../ui/tokens.tsx'

/** What a period is compared with. */
export interface Earlier {
  /** For example `7 days`. */
  length: string
  totals: Totals
}

export function compareAmounts(now: Amount, { length, totals }: Earlier): string {
  if (totals.calls === 0) return nothingIn(length)
  if (isPartial(now) || isPartial(totals)) {
    return `Not compared with the ${length} before: calls without a price`
  }
  const difference = (now.costNanoUsd ?? 0) - (totals.costNanoUsd ?? 0)
  const mark = [now, totals].some(({ certainty }) => certainty === 'estimated') ? '≈' : ''
  return change(difference, totals.costNanoUsd ?? 0, length, (size) => mark + formatUsd(size))
}

export function compareCounts(now: number, before: number, { length, totals }: Earlier): string {
  if (totals.calls === 0) return nothingIn(length)
  return change(now - before, before, length, formatTokens)
}

function isPartial({ costNanoUsd, certainty, unpricedCalls = 0 }: Amount): boolean {
  return costNanoUsd === null || certainty === 'unknown' || unpricedCalls > 0
}

function nothingIn(length: string): string {
  return `Nothing in the ${length} before`
}

function change(
  difference: number,
  before: number,
  length: string,
  format: (size: number) => string,
): string {
  if (difference === 0) return `As much as in the ${length} before`
  const part = before === 0 ? '' : ` (${percent.format(difference / before)})`
  return `${format(Math.abs(difference))} ${difference > 0 ? 'more' : 'less'}${part} than in the ${length} before`
}

const percent = new Intl.NumberFormat('en-US', {
  style: 'percent',
  signDisplay: 'exceptZero',
  maximumFractionDigits: 0,
})
