import { expect, test } from 'vitest'
import { NO_CALLS, type Totals } from '#shared/totals.ts'
import { compareAmounts, comparedWith, compareCounts } from './comparison.ts'

const totals = (more: Partial<Totals>): Totals => ({ ...NO_CALLS, calls: 1, ...more })
const earlier = (more: Partial<Totals>) => ({ length: '7 days', totals: totals(more) })
const CENT = 10_000_000

test('an amount is compared with the one before', () => {
  const before = earlier({ costNanoUsd: 4 * CENT })
  expect(compareAmounts(totals({ costNanoUsd: 5 * CENT }), before)).toBe('$0.01 more (+25%)')
  expect(compareAmounts(totals({ costNanoUsd: 1 * CENT }), before)).toBe('$0.03 less (-75%)')
  expect(compareAmounts(before.totals, before)).toBe('As much as before')
})

test('a difference between estimates is an estimate', () => {
  const before = earlier({ costNanoUsd: 4 * CENT, certainty: 'estimated' })
  expect(compareAmounts(totals({ costNanoUsd: 8 * CENT }), before)).toBe('≈$0.04 more (+100%)')
})

test('incomplete amounts are not compared', () => {
  const partial = { costNanoUsd: CENT, unpricedCalls: 1, certainty: 'unknown' as const }
  const note = 'Not compared: calls without a price'
  expect(compareAmounts(totals({ costNanoUsd: CENT }), earlier(partial))).toBe(note)
  expect(compareAmounts(totals(partial), earlier({ costNanoUsd: CENT }))).toBe(note)
  expect(compareAmounts(totals({ costNanoUsd: null }), earlier({}))).toBe(note)
})

test('a period without earlier usage has no percentage', () => {
  const nothing = { length: '7 days', totals: NO_CALLS }
  expect(comparedWith(nothing)).toBe('Nothing in the 7 days before.')
  expect(compareAmounts(totals({ costNanoUsd: CENT }), nothing)).toBeNull()
  expect(compareCounts(3, 0, nothing)).toBeNull()
  expect(compareCounts(1200, 0, earlier({}))).toBe('1,200 more')
  expect(comparedWith(earlier({}))).toContain('Compared with the 7 days before')
})
