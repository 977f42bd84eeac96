import { expect, test } from 'vitest'
import {
  drawnDays,
  formatRange,
  nearestRange,
  type Range,
  rangeProblem,
  spanBefore,
  spanOf,
} from './range.ts'

const NOW = new Date('2026-11-20T10:00:00Z')
const between = (first: string, last: string): Range => ({ kind: 'between', first, last })

test('a custom range spans whole UTC days', () => {
  expect(spanOf(between('2026-02-28', '2026-02-28'), NOW)).toEqual({
    from: '2026-02-28T00:00:00.000Z',
    to: '2026-03-01T00:00:00.000Z',
  })
})

test('the span before an unfinished range ends at the same time of day', () => {
  expect(spanBefore(between('2026-11-10', '2026-11-12'), NOW)).toEqual({
    from: '2026-11-07T00:00:00.000Z',
    to: '2026-11-10T00:00:00.000Z',
  })
  expect(spanBefore(between('2026-11-19', '2026-11-20'), NOW)).toEqual({
    from: '2026-11-17T00:00:00.000Z',
    to: '2026-11-18T10:00:00.000Z',
  })
  expect(spanBefore({ kind: 'last', days: null }, NOW)).toBeNull()
})

test('a chart leaves out future days', () => {
  expect(drawnDays(between('2026-11-19', '2026-12-31'), NOW).last).toBe('2026-11-20')
  expect(drawnDays(between('2026-11-01', '2026-11-02'), NOW).last).toBe('2026-11-02')
})

test('invalid days and days in the wrong order are explained', () => {
  expect(rangeProblem('', '2026-11-02')).toBe('Choose a first day.')
  expect(rangeProblem('2026-02-30', '2026-11-02')).toBe('Choose a first day.')
  expect(rangeProblem('0002-11-01', '2026-11-02')).toBe('Choose a first day.')
  expect(rangeProblem('2026-11-02', 'x')).toBe('Choose a last day.')
  expect(rangeProblem('2026-11-02', '2026-11-01')).toMatch(/lies after/)
  expect(rangeProblem('2026-11-02', '2026-11-02')).toBeNull()
})

test('a range is formatted', () => {
  expect(formatRange(between('2026-11-02', '2026-11-02'))).toBe('on Nov 2, 2026')
  expect(formatRange({ kind: 'last', days: 7 })).toBe('in the last 7 days')
})

test('an empty range has a nearest one that is not', () => {
  const days = ['2026-03-02', '2026-01-31', '2026-08-09']
  const nearest = (range: Range) => nearestRange(days, range, NOW)
  expect(nearest({ kind: 'last', days: 7 })).toEqual(between('2026-07-11', '2026-08-09'))
  expect(nearest(between('2026-05-01', '2026-05-02'))).toEqual(between('2026-02-01', '2026-03-02'))
  expect(nearest(between('2025-05-01', '2025-05-02'))).toEqual(between('2026-01-31', '2026-03-01'))
  expect(nearestRange([], { kind: 'last', days: 7 }, NOW)).toBeNull()
})
