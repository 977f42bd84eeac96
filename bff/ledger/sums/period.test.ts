import { expect, test } from 'vitest'
import { Problem } from '../../http/problem.ts'
import { cutIntoDays, parsePeriod } from './period.ts'

const NOON = '2026-11-02T12:00:00.000Z'

test('a day means the whole day, a time means that moment', () => {
  expect(parsePeriod('2026-11-01', '2026-11-02')).toEqual({
    from: '2026-11-01T00:00:00.000Z',
    to: '2026-11-03T00:00:00.000Z',
  })
  expect(parsePeriod('2026-11-02T13:00:00+01:00', undefined)).toEqual({ from: NOON, to: null })
})

test.each([
  ['yesterday', undefined],
  ['2026-13-01', undefined],
  ['2026-11-02T12:00:00', undefined],
  [undefined, '12345-01-01T00:00:00Z'],
  ['2026-11-03', '2026-11-01'],
])('from %s to %s is refused', (from, to) => {
  expect(() => parsePeriod(from, to)).toThrow(Problem)
})

test('without ends, a period has only whole days', () => {
  expect(cutIntoDays({ from: null, to: null })).toEqual({
    days: { firstDay: '0000-00-00', endDay: '9999-99-99' },
    pieces: [],
  })
})

test('a period of whole days has no partial days', () => {
  const period = parsePeriod('2026-11-01', '2026-11-02')
  expect(cutIntoDays(period)).toEqual({
    days: { firstDay: '2026-11-01', endDay: '2026-11-03' },
    pieces: [],
  })
})

test('ends within a day give partial days around the whole days', () => {
  expect(cutIntoDays({ from: NOON, to: '2026-11-05T06:00:00.000Z' })).toEqual({
    days: { firstDay: '2026-11-03', endDay: '2026-11-05' },
    pieces: [
      { from: NOON, to: '2026-11-03T00:00:00.000Z' },
      { from: '2026-11-05T00:00:00.000Z', to: '2026-11-05T06:00:00.000Z' },
    ],
  })
})

test('ends within one day or around one midnight leave no whole day', () => {
  const later = '2026-11-02T13:00:00.000Z'
  expect(cutIntoDays({ from: NOON, to: later })).toEqual({
    days: null,
    pieces: [{ from: NOON, to: later }],
  })
  expect(cutIntoDays({ from: NOON, to: '2026-11-03T01:00:00.000Z' }).days).toBeNull()
  expect(cutIntoDays({ from: NOON, to: '2026-11-03T01:00:00.000Z' }).pieces).toHaveLength(2)
})
