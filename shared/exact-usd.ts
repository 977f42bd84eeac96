import {
  type Amount,
  asDollars,
  formatAmount,
  formatUsd,
  isUnpriced,
  NANO_PER_USD,
  withDecimalSign,
  withFigure,
} from './money.ts'
import { language } from './translate.ts'

/** Returns how many decimals it takes to write every amount exactly; at least two. */
export function decimalsFor(amounts: number[]): number {
  return Math.max(2, ...amounts.map((amount) => fraction(amount).replace(/0+$/, '').length))
}

/** Returns how many decimals align a column in which each amount has those that `formatUsd` gives it. */
export function decimalsToAlign(amounts: number[]): number {
  return Math.max(
    2,
    ...amounts.map((amount) => /[.,](\d+)\D*$/.exec(formatUsd(amount))?.[1]?.length ?? 0),
  )
}

/** Formats dollars with these decimals, rounded. */
export function alignedUsd(nanoUsd: number, decimals: number): string {
  const unit = 10 ** (9 - decimals)
  return exactUsd(Math.round(nanoUsd / unit) * unit, decimals)
}

/** Formats an amount with its certainty mark, for a column with these decimals. */
export function alignedAmount(of: Amount, decimals: number): string {
  const text = formatAmount(of)
  const [mark = ''] = /^[≈≥]?/.exec(text) ?? []
  return text.includes('$') ? mark + alignedUsd(of.costNanoUsd ?? 0, decimals) : text
}

/** Formats dollars exactly, so that a column adds up. */
export function exactUsd(nanoUsd: number, decimals = decimalsFor([nanoUsd])): string {
  const sign = nanoUsd < 0 ? '−' : ''
  const dollars = Math.floor(Math.abs(nanoUsd) / NANO_PER_USD).toLocaleString(language())
  return sign + asDollars(dollars + withDecimalSign(`.${fraction(nanoUsd).slice(0, decimals)}`))
}

/** Formats an amount exactly with its certainty mark, also for the demo. */
export function exactAmount(of: Amount, decimals?: number): string {
  const amount = withFigure(of)
  if (amount.costNanoUsd === null || isUnpriced(amount)) return formatAmount(amount)
  const [mark = ''] = /^[≈≥]?/.exec(formatAmount(amount)) ?? []
  return mark + exactUsd(amount.costNanoUsd, decimals)
}

function fraction(nanoUsd: number): string {
  return String(Math.abs(nanoUsd) % NANO_PER_USD).padStart(9, '0')
}
