import { expect, test } from 'vitest'
import { formatAmount, formatUsd, isUnpriced, worstCertainty } from './money.ts'

test.each([
  [0, '$0.00'],
  [1, '$0.000000001'],
  [184_000, '$0.000184'],
  [12_345_678, '$0.01235'],
  [500_000_000, '$0.50'],
  [1_234_600_000, '$1.235'],
  [12_000_000_000, '$12.00'],
  [1_234_560_000_000, '$1,234.56'],
])('%i nano-dollars read %s', (nano, text) => {
  expect(formatUsd(nano)).toBe(text)
})

test('an estimate is marked ≈, a sum with missing parts ≥, and an unknown amount is unpriced', () => {
  const cost = { costNanoUsd: 500_000_000 }
  expect(formatAmount({ ...cost, certainty: 'computed' })).toBe('$0.50')
  expect(formatAmount({ ...cost, certainty: 'estimated' })).toBe('≈$0.50')
  expect(formatAmount({ ...cost, certainty: 'unknown', unpricedCalls: 1 })).toBe('≥$0.50')
  expect(formatAmount({ costNanoUsd: null, certainty: 'unknown' })).toBe('unpriced')
})

test('free calls beside unpriced ones do not make an amount', () => {
  const free = { costNanoUsd: 0, certainty: 'unknown', unpricedCalls: 1 } as const
  expect(formatAmount(free)).toBe('unpriced')
  expect(isUnpriced(free)).toBe(true)
  expect(formatAmount({ costNanoUsd: 0, certainty: 'unknown' })).toBe('unpriced')
  expect(formatAmount({ costNanoUsd: 0, certainty: 'reported', unpricedCalls: 0 })).toBe('$0.00')
})

test('the worst certainty wins in any order', () => {
  expect(worstCertainty('reported', 'estimated')).toBe('estimated')
  expect(worstCertainty('unknown', 'computed')).toBe('unknown')
})
