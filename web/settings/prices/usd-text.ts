// Parses and writes prices in dollars digit by digit, without floating point.
import { decimalSign } from '../usd.ts'

/** Returns nano-dollars; null if the text is not an amount with at most nine decimals. */
export function readUsd(text: string): number | null {
  const match = /^\$?\s*(\d{0,6})(?:[.,](\d{0,9}))?$/.exec(text.trim())
  if (match === null) return null
  const [, whole = '', fraction = ''] = match
  if (whole === '' && fraction === '') return null
  return Number(whole + fraction.padEnd(9, '0'))
}

export function writeUsd(nanoUsd: number | null): string {
  if (nanoUsd === null) return ''
  const digits = String(nanoUsd).padStart(10, '0')
  const fraction = digits.slice(-9).replace(/0+$/, '')
  return fraction === '' ? digits.slice(0, -9) : `${digits.slice(0, -9)}${decimalSign}${fraction}`
}
