// Parses and writes amounts in dollars, exact to the nano-dollar.
import { NANO_PER_USD } from '#shared/money.ts'
import { language } from '#shared/translate.ts'

export const decimalSign = (0.5).toLocaleString(language()).charAt(1)

/** Returns null for an empty text and NaN for an invalid one. Accepts a decimal comma. */
export function parseUsd(text: string): number | null {
  const trimmed = text.trim()
  if (trimmed === '') return null
  const found = /^\$?(\d{1,6})(?:[.,](\d{1,9}))?$/.exec(trimmed)
  if (found === null) return Number.NaN
  const [, whole = '', fraction = ''] = found
  return Number(whole) * NANO_PER_USD + Number(fraction.padEnd(9, '0'))
}

export function usdText(nanoUsd: number | null): string {
  if (nanoUsd === null) return ''
  const fraction = String(nanoUsd % NANO_PER_USD)
    .padStart(9, '0')
    .replace(/0+$/, '')
  return `${Math.floor(nanoUsd / NANO_PER_USD)}${decimalSign}${fraction.padEnd(2, '0')}`
}

/** Returns null for an empty text and NaN for an invalid one. Thousands may be grouped. */
export function parseTokens(text: string): number | null {
  const trimmed = text.trim()
  if (trimmed === '') return null
  const isWhole = /^(?:\d{1,12}|\d{1,3}(?:[\s,._]\d{3}){1,3})$/.test(trimmed)
  return isWhole ? Number(trimmed.replaceAll(/\D/g, '')) : Number.NaN
}
