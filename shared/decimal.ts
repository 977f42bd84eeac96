// Exact decimal arithmetic for money: prices and provider amounts are read digit by digit into
// bigint, so no float ever touches an amount, and every rounding is half to even.

const DECIMAL = /^\+?(\d*)(?:\.(\d*))?(?:e([+-]?\d{1,3}))?$/i

/** `value × 10^decimals` as an integer; null when the value is no decimal that is zero or more. */
export function scaled(value: number | string, decimals: number): bigint | null {
  const match = DECIMAL.exec(String(value).trim())
  if (match === null) return null
  const [, whole = '', fraction = '', exponent = '0'] = match
  if (whole === '' && fraction === '') return null
  const shift = decimals + Number(exponent) - fraction.length
  const digits = BigInt(whole + fraction)
  return shift >= 0 ? digits * 10n ** BigInt(shift) : divide(digits, 10n ** BigInt(-shift))
}

/** `numerator / denominator` to the nearest integer; a tie goes to the even one. */
export function divide(numerator: bigint, denominator: bigint): bigint {
  const quotient = numerator / denominator
  const twice = (numerator % denominator) * 2n
  const up = twice > denominator || (twice === denominator && quotient % 2n === 1n)
  return up ? quotient + 1n : quotient
}

/** US dollars, as a price list or a provider writes them, in nano-dollars. */
export function nanoUsd(dollars: number | string): bigint | null {
  return scaled(dollars, 9)
}
