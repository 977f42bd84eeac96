import { expect, test } from 'vitest'
import type { Budget } from '#shared/budgets.ts'
import { formatPace, usedShare } from './budget-pace.ts'

const budget = (more: Partial<Budget>): Budget => ({
  scope: 'month',
  source: 'settings',
  limitNanoUsd: 50,
  limitTokens: null,
  spentNanoUsd: 41,
  spentCertainty: 'computed',
  spentUnpricedCalls: 0,
  spentTokens: 900,
  resetsAt: '2026-12-01T00:00:00.000Z',
  ...more,
})
const at = (day: number) => Date.UTC(2026, 10, day)

test('the larger share of money and tokens counts', () => {
  expect(usedShare(budget({}))).toBe(0.82)
  expect(usedShare(budget({ limitTokens: 1000 }))).toBe(0.9)
  expect(usedShare(budget({ limitNanoUsd: null }))).toBeNull()
  expect(usedShare(budget({ limitNanoUsd: 0 }))).toBe(1)
})

test('a month that is spent faster than it passes names the day', () => {
  expect(formatPace(budget({}), at(22))).toBe('At this pace it is used up on November 26.')
})

test('a month that lasts, has just begun or is used up names none', () => {
  expect(formatPace(budget({ spentNanoUsd: 20 }), at(22))).toBeNull()
  expect(formatPace(budget({}), at(2))).toBeNull()
  expect(formatPace(budget({ spentNanoUsd: 60 }), at(22))).toBe('It is used up.')
  expect(formatPace(budget({ scope: 'day' }), at(22))).toBeNull()
})
