// Compares a period with the one before it, never more precisely than both amounts allow.
import { type Amount, formatUsd } from '#shared/money.ts'
import type { Totals } from '#shared/totals.ts'
import { formatTokens } from '../ui/tokens.tsx'
import { language, t } from '#shared/translate.ts'

/** The totals of the period before. */
export interface Earlier {
  /** For example `7 days`. */
  length: string
  totals: Totals
}

/** Returns null if an amount is incomplete. */
export function compareAmounts(now: Amount, earlier: Earlier): string | null {
  const before = earlier.totals
  if (before.calls === 0) return t`Nothing in the previous ${earlier.length}`
  if (isPartial(now) || isPartial(before)) return null
  const mark = [now, before].some(({ certainty }) => certainty === 'estimated') ? '≈' : ''
  const change = formatChange(now.costNanoUsd ?? 0, before.costNanoUsd ?? 0, formatUsd)
  return t`${mark}${change} vs previous ${earlier.length}`
}

/** Returns null if the period before has no calls. */
export function compareCounts(
  now: number,
  before: number,
  { totals, length }: Earlier,
): string | null {
  if (totals.calls === 0) return null
  return t`${formatChange(now, before, formatTokens)} vs previous ${length}`
}

function isPartial({ costNanoUsd, certainty, unpricedCalls = 0 }: Amount): boolean {
  return costNanoUsd === null || certainty === 'unknown' || unpricedCalls > 0
}

/** "+12 %"; the difference itself where there is nothing to take a percentage of. */
function formatChange(now: number, before: number, format: (size: number) => string): string {
  if (now === before) return t`No change`
  const sign = now > before ? '+' : '−'
  const size = Math.abs(now - before)
  if (before === 0) return sign + format(size)
  const percent = (size / before) * 100
  const digits = percent < 1 ? { maximumSignificantDigits: 1 } : { maximumFractionDigits: 0 }
  return `${sign}${percent.toLocaleString(language(), digits)} %`
}
