// Exact decimal arithmetic for money. Prices and amounts are parsed digit by digit into bigint, never
// through a float, and every rounding is half to even.

const DECIMAL = /^\+?(\d*)(?:\.(\d*))?(?:e([+-]?\d{1,3}))?$/i

/** Returns `value × 10^decimals` as an integer, or null unless `value` is a non-negative decimal. */
export function scaled(value: number | string, decimals: number): bigint | null {
  const match = DECIMAL.exec(String(value).trim())
  if (match === null) return null
  const [, whole = '', fraction = '', exponent = '0'] = match
  if (whole === '' && fraction === '') return null
  const shift = decimals + Number(exponent) - fraction.length
  const digits = BigInt(whole + fraction)
  return shift >= 0 ? digits * 10n ** BigInt(shift) : divide(digits, 10n ** BigInt(-shift))
}

/** Returns `numerator / denominator` rounded to the nearest integer, ties to even. */
export function divide(numerator: bigint, denominator: bigint): bigint {
  const quotient = numerator / denominator
  const twice = (numerator % denominator) * 2n
  const up = twice > denominator || (twice === denominator && quotient % 2n === 1n)
  return up ? quotient + 1n : quotient
}

/** Converts US dollars to nano-dollars. Returns null unless `dollars` is a non-negative decimal. */
export function nanoUsd(dollars: number | string): bigint | null {
  return scaled(dollars, 9)
}
