import { expect, test } from 'vitest'
import { NO_CALLS } from '#shared/add-totals.ts'
import type { Totals } from '#shared/totals.ts'
import { compareAmounts, compareCounts } from './comparison.ts'

const totals = (more: Partial<Totals>): Totals => ({ ...NO_CALLS, calls: 1, ...more })
const earlier = (more: Partial<Totals>) => ({ length: '7 days', totals: totals(more) })
const CENT = 10_000_000

test('an amount is compared with the one before', () => {
  const before = earlier({ costNanoUsd: 4 * CENT })
  expect(compareAmounts(totals({ costNanoUsd: 5 * CENT }), before)).toBe('+25 % vs previous 7 days')
  expect(compareAmounts(totals({ costNanoUsd: 1 * CENT }), before)).toBe('−75 % vs previous 7 days')
  expect(compareAmounts(before.totals, before)).toBe('No change vs previous 7 days')
})

test('a difference between estimates is an estimate', () => {
  const before = earlier({ costNanoUsd: 4 * CENT, certainty: 'estimated' })
  expect(compareAmounts(totals({ costNanoUsd: 8 * CENT }), before)).toBe(
    '≈+100 % vs previous 7 days',
  )
})

test('incomplete amounts are not compared', () => {
  const partial = { costNanoUsd: CENT, unpricedCalls: 1, certainty: 'unknown' as const }
  expect(compareAmounts(totals({ costNanoUsd: CENT }), earlier(partial))).toBeNull()
  expect(compareAmounts(totals(partial), earlier({ costNanoUsd: CENT }))).toBeNull()
  expect(compareAmounts(totals({ costNanoUsd: null }), earlier({}))).toBeNull()
})

test('a period without earlier usage has no percentage', () => {
  const nothing = { length: '7 days', totals: NO_CALLS }
  expect(compareAmounts(totals({ costNanoUsd: CENT }), nothing)).toBe(
    'Nothing in the previous 7 days',
  )
  expect(compareCounts(3, 0, nothing)).toBeNull()
  expect(compareCounts(1200, 0, earlier({}))).toBe('+1,200 vs previous 7 days')
})

test('a small change keeps a digit', () => {
  expect(compareCounts(1002, 1000, earlier({}))).toBe('+0.2 % vs previous 7 days')
})
