import { expect, test } from 'vitest'
import type { WhatIfModel } from '#shared/what-if.ts'
import {
  formatDifference,
  formatLeftOut,
  notesOn,
  formatRatio,
  shownRows,
} from './format-what-if.ts'

function row(more: Partial<WhatIfModel>): WhatIfModel {
  return {
    provider: 'openai',
    model: 'gpt-4o',
    from: 'list',
    used: false,
    costNanoUsd: 1_000_000,
    certainty: 'estimated',
    unpricedCalls: 0,
    differenceNanoUsd: 0,
    ratio: 1,
    hasCacheRate: true,
    fits: true,
    ...more,
  }
}

test.each([
  [{ differenceNanoUsd: -500_000, ratio: 0.5 }, '≈$0.0005 less', '50 % of it'],
  [{ differenceNanoUsd: 1_000_000, ratio: 2 }, '≈$0.001 more', '2 times as much'],
  [{ differenceNanoUsd: 5, ratio: 2.54 }, '≈$0.000000005 more', '2.5 times as much'],
  [{ differenceNanoUsd: 5, ratio: 1234.5 }, '≈$0.000000005 more', '1,235 times as much'],
  [{ differenceNanoUsd: -5, ratio: 0.001 }, '≈$0.000000005 less', 'less than 1 % of it'],
  [{ differenceNanoUsd: 0, ratio: 1 }, 'the same', null],
  [{ differenceNanoUsd: null, ratio: null }, null, null],
])('a difference is formatted: %o', (more, difference, ratio) => {
  expect(formatDifference(row(more))).toBe(difference)
  expect(formatRatio(row(more))).toBe(ratio)
})

test('rows are filtered by provider and model, and sorted by amount or name', () => {
  const rows = [
    row({ model: 'gpt-10', costNanoUsd: 3 }),
    row({ model: 'gpt-9', costNanoUsd: 5 }),
    row({ model: 'grok', provider: 'x-ai', costNanoUsd: 1 }),
  ]
  const names = (filter: string, by: 'model' | 'cost', descending: boolean) =>
    shownRows(rows, filter, { by, descending }).map(({ model }) => model)

  expect(names('', 'cost', false)).toEqual(['grok', 'gpt-10', 'gpt-9'])
  expect(names('', 'cost', true)).toEqual(['gpt-9', 'gpt-10', 'grok'])
  expect(names('OPENAI gpt', 'model', false)).toEqual(['gpt-9', 'gpt-10'])
})

test('notes point out what is unknown', () => {
  expect(notesOn(row({ fits: false, hasCacheRate: false, unpricedCalls: 2 }))).toEqual([
    'The longest request is too long for it',
    'No rate for cached input: priced as fresh',
    '2 requests without a price',
  ])
  expect(notesOn(row({}))).toEqual([])
})

test('requests that are not compared are counted', () => {
  const of = (uncounted: number, older: number) =>
    formatLeftOut({ leftOut: { uncounted, older } } as never)
  expect(of(0, 0)).toBeNull()
  expect(of(1, 20)).toBe('Left out: 1 request with unknown token counts, and 20 earlier requests.')
})
