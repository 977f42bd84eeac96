// The value of `cost:`, and the tokens that find amounts in a range. An amount is indexed by its length and
// its first digits, so that any range is a few tokens; only its ends need a comparison with the real amount.
import { t } from '#shared/translate.ts'
import { Problem } from '../http/problem.ts'

/** In nano-dollars, both included. */
export interface CostRange {
  from: number
  to: number
}

const SHAPE = /^(<=|>=|<|>)\$?(\d{1,6}(?:\.\d{1,9})?)$/
const NANO = 1_000_000_000
const MAX_DIGITS = 16
export const MAX_COST = Number.MAX_SAFE_INTEGER

export function parseCost(value: string): CostRange {
  const [, sign, usd] = SHAPE.exec(value) ?? []
  if (sign === undefined) {
    throw new Problem(
      'bad_request',
      t`cost: takes <, <=, > or >= and an amount in dollars, as in cost:>1 or cost:<0.05.`,
    )
  }
  const amount = Math.round(Number(usd) * NANO)
  if (sign === '>') return { from: amount + 1, to: MAX_COST }
  if (sign === '>=') return { from: amount, to: MAX_COST }
  return { from: 0, to: sign === '<' ? amount - 1 : amount }
}

/** The tokens of an amount: each is a range that it is in. */
export function costTokens(nanoUsd: number): string[] {
  const digits = String(nanoUsd)
  const starts = [...new Set([0, 1, 2].map((count) => digits.slice(0, count)))]
  return starts.map((start) => tokenOf(digits.length, start))
}

/** The fewest tokens that find every amount of a range. */
export function rangeTokens(range: CostRange): string[] {
  const tokens: string[] = []
  for (let length = 1; length <= MAX_DIGITS; length += 1) addTokens(tokens, range, length, '')
  return tokens
}

function addTokens(tokens: string[], range: CostRange, length: number, start: string): void {
  const rest = 10 ** (length - start.length)
  const least = start === '' ? (length === 1 ? 0 : rest / 10) : Number(start) * rest
  const most = start === '' ? rest - 1 : least + rest - 1
  if (most < range.from || least > range.to) return
  const isInside = least >= range.from && most <= range.to
  if (isInside || start.length === Math.min(2, length)) tokens.push(tokenOf(length, start))
  else
    for (let digit = 0; digit <= 9; digit += 1) {
      if (start !== '' || digit > 0 || length === 1)
        addTokens(tokens, range, length, `${start}${digit}`)
    }
}

const tokenOf = (length: number, start: string) => `c${length}d${start}`
