import { expect, test } from 'vitest'
import { type Part, spendColumns } from './spend-columns.ts'

const part = (key: string, costNanoUsd: number | null, tokens = 1): Part => ({
  key,
  label: key,
  costNanoUsd,
  tokens,
  certainty: costNanoUsd === null ? 'unknown' : 'computed',
  unpricedCalls: costNanoUsd === null ? 1 : 0,
})

test('days without spending have a column', () => {
  const series = [{ day: '2026-02-28', groups: [part('a', 5)] }]
  const columns = spendColumns(series, '2026-02-27', '2026-03-01')
  expect(columns.map(({ label, parts }) => [label, parts.length])).toEqual([
    ['Feb 27, 2026', 0],
    ['Feb 28, 2026', 1],
    ['Mar 1, 2026', 0],
  ])
})

test('an open range begins on the day of the first call', () => {
  const series = [{ day: '2026-02-28', groups: [] }]
  expect(spendColumns(series, null, '2026-03-01').map(({ key }) => key)[0]).toBe('2026-02-28')
})

test('a long range is shown by month', () => {
  const series = [
    { day: '2026-01-05', groups: [part('a', 5), part('b', null)] },
    { day: '2026-01-31', groups: [part('a', 7), part('b', null)] },
    { day: '2026-04-01', groups: [part('a', null)] },
  ]
  const columns = spendColumns(series, null, '2026-04-02')
  expect(columns.map(({ label }) => label)).toEqual([
    'Jan 2026',
    'Feb 2026',
    'Mar 2026',
    'Apr 2026',
  ])
  expect(columns[0]?.parts).toMatchObject([
    { key: 'a', costNanoUsd: 12, tokens: 2, certainty: 'computed' },
    { key: 'b', costNanoUsd: null, unpricedCalls: 2, certainty: 'unknown' },
  ])
})
