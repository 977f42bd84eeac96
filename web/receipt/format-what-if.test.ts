import { expect, test } from 'vitest'
import type { WhatIfModel } from '#shared/what-if.ts'
import {
  formatChange,
  formatDifference,
  formatLeftOut,
  notesOn,
  shownRows,
} from './format-what-if.ts'

function row(more: Partial<WhatIfModel>): WhatIfModel {
  return {
    provider: 'openai',
    model: 'gpt-4o',
    from: 'list',
    used: false,
    favorite: false,
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
  [{ differenceNanoUsd: -960_000, ratio: 0.04 }, '−96 %', '≈$0.00096 less'],
  [{ differenceNanoUsd: 70_000, ratio: 1.07 }, '+7 %', '≈$0.00007 more'],
  [{ differenceNanoUsd: 5, ratio: 12.345 }, '+1,135 %', '≈$0.000000005 more'],
  [{ differenceNanoUsd: 5, ratio: 1.004 }, '+0.4 %', '≈$0.000000005 more'],
  // Almost free is not free.
  [{ differenceNanoUsd: -5, ratio: 0.0001 }, '−99.9 %', '≈$0.000000005 less'],
  [{ differenceNanoUsd: -5, ratio: 0.004 }, '−99.6 %', '≈$0.000000005 less'],
  [{ costNanoUsd: 0, differenceNanoUsd: -5, ratio: 0 }, 'free', '≈$0.000000005 less'],
  [{ differenceNanoUsd: 0, ratio: 1 }, 'the same', null],
  [{ differenceNanoUsd: 5, ratio: null }, 'was free', '≈$0.000000005 more'],
  [{ differenceNanoUsd: null, ratio: null }, 'not known', null],
])('a difference is formatted: %o', (more, change, difference) => {
  expect(formatChange(row(more))).toBe(change)
  expect(formatDifference(row(more))).toBe(difference)
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
