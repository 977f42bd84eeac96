import { expect, test } from 'vitest'
import {
  alignedAmount,
  alignedUsd,
  decimalsFor,
  decimalsToAlign,
  exactAmount,
  exactUsd,
} from './exact-usd.ts'

test('an amount is written exactly, without trailing zeros', () => {
  expect(exactUsd(10_517_000)).toBe('$0.010517')
  expect(exactUsd(3)).toBe('$0.000000003')
  expect(exactUsd(1_234_500_000_000)).toBe('$1,234.50')
  expect(exactUsd(0)).toBe('$0.00')
  expect(exactUsd(-5_000_000)).toBe('−$0.005')
})

test('a column has as many decimals as its longest amount needs', () => {
  const column = [2_905_000, 512_000, 7_100_000]
  expect(column.map((amount) => exactUsd(amount, decimalsFor(column)))).toEqual([
    '$0.002905',
    '$0.000512',
    '$0.007100',
  ])
})

test('a column is aligned at the point, with no more decimals than are read', () => {
  const column = [12_345_678_901, 240_123, 0]
  expect(column.map((amount) => alignedUsd(amount, decimalsToAlign(column)))).toEqual([
    '$12.3456789',
    '$0.0002401',
    '$0.0000000',
  ])
  expect(alignedUsd(1_999_999, 2)).toBe('$0.00')
  expect(alignedAmount({ costNanoUsd: 1_000_000, certainty: 'estimated' }, 4)).toBe('≈$0.0010')
  expect(alignedAmount({ costNanoUsd: null, certainty: 'unknown' }, 4)).toBe('unpriced')
  expect(alignedAmount({ costNanoUsd: 5, certainty: 'computed', demo: true }, 4)).toBe('demo')
  expect(alignedUsd(9_995_000_000, 2)).toBe('$10.00')
})

test('an uncertain amount keeps its mark', () => {
  expect(exactAmount({ costNanoUsd: 1000, certainty: 'estimated' })).toBe('≈$0.000001')
  expect(exactAmount({ costNanoUsd: 1000, certainty: 'computed', unpricedCalls: 1 })).toBe(
    '≥$0.000001',
  )
  expect(exactAmount({ costNanoUsd: null, certainty: 'unknown' })).toBe('unpriced')
  expect(exactAmount({ costNanoUsd: 0, certainty: 'unknown', unpricedCalls: 1 })).toBe('unpriced')
})
