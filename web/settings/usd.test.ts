import { expect, test } from 'vitest'
import { parseTokens, parseUsd, usdText } from './usd.ts'

test.each([
  ['', null],
  ['0.5', 500_000_000],
  ['$1', 1_000_000_000],
  ['0,10', 100_000_000],
  ['0.000000001', 1],
  ['1.2345678901', Number.NaN],
  ['-1', Number.NaN],
  ['ten', Number.NaN],
])('"%s" is parsed as %s nano-dollars', (text, nano) => {
  expect(parseUsd(text)).toBe(nano)
})

test.each([null, 0, 1, 500_000_000, 12_345_678_901])('%s survives writing and parsing', (nano) => {
  expect(parseUsd(usdText(nano))).toBe(nano)
})

test.each([
  ['200,000', 200_000],
  ['200 000', 200_000],
  ['1.200.000', 1_200_000],
  ['1.5', Number.NaN],
  ['0,5', Number.NaN],
  ['', null],
  ['1e5', Number.NaN],
])('"%s" is parsed as %s tokens', (text, tokens) => {
  expect(parseTokens(text)).toBe(tokens)
})
