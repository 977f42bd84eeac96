// Money is an integer number of nano-dollars (1 USD = 1e9). One token at 1 USD per million
// tokens is 1,000 nano-dollars, so ordinary prices are exact, and a JavaScript integer holds
// nine million dollars.
import type { Certainty } from './money-schema.ts'
import { language, t } from './translate.ts'

export const NANO_PER_USD = 1_000_000_000

const RANK: Record<Certainty, number> = { reported: 0, computed: 1, estimated: 2, unknown: 3 }

/** Returns the worse of two certainties, the certainty of their sum. */
export function worstCertainty(a: Certainty, b: Certainty): Certainty {
  return RANK[a] >= RANK[b] ? a : b
}

export interface Amount {
  costNanoUsd: number | null
  certainty: Certainty
  /** The number of calls without a price. Their cost is missing from the amount. */
  unpricedCalls?: number
  /** True if the demo answered: not billed. */
  demo?: true | undefined
}

/**
 * Formats an amount for the screen: `$0.0123`, `≈$0.0123` if estimated, `≥$0.0123` if part of it has
 * no price, `unpriced` if unknown (never `$0.00`), and `demo` if the demo answered.
 */
export function formatAmount(amount: Amount): string {
  const { costNanoUsd, certainty, demo } = amount
  if (demo) return t`demo`
  if (costNanoUsd === null || isUnpriced(amount)) return t`unpriced`
  const text = formatUsd(costNanoUsd)
  if (isPartial(amount)) return `≥${text}`
  return certainty === 'estimated' ? `≈${text}` : text
}

/** Shows the demo's own figure, for views that contain only demo calls. */
export function withFigure<Of extends Amount>(amount: Of): Omit<Of, 'demo'> {
  const { demo: _, ...figure } = amount
  return figure
}

/** Returns true if no part has a price. A free part, such as a refusal, does not count. */
export function isUnpriced(amount: Amount): boolean {
  return amount.costNanoUsd === null || (amount.costNanoUsd === 0 && isPartial(amount))
}

function isPartial({ certainty, unpricedCalls = 0 }: Amount): boolean {
  return unpricedCalls > 0 || certainty === 'unknown'
}

/** Formats dollars with at least two decimals, and four significant digits below $100. */
export function formatUsd(nanoUsd: number): string {
  const usd = nanoUsd / NANO_PER_USD
  if (nanoUsd === 0 || usd >= 100) {
    return asDollars(
      usd.toLocaleString(language(), { minimumFractionDigits: 2, maximumFractionDigits: 2 }),
    )
  }
  const decimals = Math.min(9, Math.max(2, 3 - Math.floor(Math.log10(usd))))
  return asDollars(withDecimalSign(usd.toFixed(decimals).replace(/(\.\d\d+?)0+$/, '$1')))
}

/** Writes `0.5` as `0,5` in German. The digits are ours, because Intl rounds them differently. */
export function withDecimalSign(digits: string): string {
  return language() === 'en'
    ? digits
    : digits.replace('.', (0.5).toLocaleString(language())[1] ?? '.')
}

/** Adds the dollar sign to a number: `$0.50`, and `0,50 $` in German. */
export function asDollars(number: string): string {
  return t`$${number}`
}

/** Returns true for what another product has spent: no call of ours, and a cost that is not known. */
export function isImported(totals: { calls: number; costNanoUsd: number | null } | null): boolean {
  return totals !== null && totals.calls === 0 && totals.costNanoUsd === null
}
