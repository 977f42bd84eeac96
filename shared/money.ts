// Money is an integer number of nano-dollars (1 USD = 1e9). One token at 1 USD per million
// tokens is 1,000 nano-dollars, so ordinary prices are exact, and a JavaScript integer holds
// nine million dollars.
import type { Certainty } from './money-schema.ts'

export const NANO_PER_USD = 1_000_000_000

const RANK: Record<Certainty, number> = { reported: 0, computed: 1, estimated: 2, unknown: 3 }

/** The certainty of a sum is the worst inside it. */
export function worstCertainty(a: Certainty, b: Certainty): Certainty {
  return RANK[a] >= RANK[b] ? a : b
}

export interface Amount {
  costNanoUsd: number | null
  certainty: Certainty
  /** Model calls inside a sum that have no price; their cost is missing from the amount. */
  unpricedCalls?: number
  /** The demo answered, and nobody is billed. */
  demo?: true | undefined
}

/**
 * An amount as the screen shows it: `$0.0123`, `≈$0.0123` when estimated, `≥$0.0123` when part
 * of it has no price, and `unpriced` when nothing is known. Never `$0.00` for the unknown. What the
 * demo answered reads `demo`.
 */
export function formatAmount(amount: Amount): string {
  const { costNanoUsd, certainty, demo } = amount
  if (demo) return 'demo'
  if (costNanoUsd === null || isUnpriced(amount)) return 'unpriced'
  const text = formatUsd(costNanoUsd)
  if (isPartial(amount)) return `≥${text}`
  return certainty === 'estimated' ? `≈${text}` : text
}

/** The demo's own figure, where nothing but the demo is shown. */
export function withFigure<Of extends Amount>(amount: Of): Omit<Of, 'demo'> {
  const { demo: _, ...figure } = amount
  return figure
}

/** Nothing is known of what it cost. What was free beside it, like a refusal, makes no amount. */
export function isUnpriced(amount: Amount): boolean {
  return amount.costNanoUsd === null || (amount.costNanoUsd === 0 && isPartial(amount))
}

function isPartial({ certainty, unpricedCalls = 0 }: Amount): boolean {
  return unpricedCalls > 0 || certainty === 'unknown'
}

/** Dollars with at least two decimals and, below one hundred dollars, four significant digits. */
export function formatUsd(nanoUsd: number): string {
  const usd = nanoUsd / NANO_PER_USD
  if (nanoUsd === 0 || usd >= 100) {
    return `$${usd.toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 })}`
  }
  const decimals = Math.min(9, Math.max(2, 3 - Math.floor(Math.log10(usd))))
  return `$${usd.toFixed(decimals).replace(/(\.\d\d+?)0+$/, '$1')}`
}
