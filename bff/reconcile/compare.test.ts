import { expect, test } from 'vitest'
import { NO_CALLS } from '#shared/ledger.ts'
import { type BilledRow, MAX_BILLED_ROWS } from '#shared/reconcile.ts'
import { compareBills, type LedgerRow } from './compare.ts'
import { modelKey } from './compare.ts'

const DAY = '2026-11-02'
const ours = (model: string, costNanoUsd: number | null, more: Partial<LedgerRow> = {}) => ({
  day: DAY,
  model,
  totals: {
    ...NO_CALLS,
    calls: 2,
    costNanoUsd,
    certainty: costNanoUsd === null ? ('unknown' as const) : ('computed' as const),
    unpricedCalls: costNanoUsd === null ? 2 : 0,
  },
  ...more,
})
const theirs = (model: string, costNanoUsd: number | null, day = DAY): BilledRow => ({
  day,
  model,
  costNanoUsd,
  calls: 2,
  inputTokens: 10,
  outputTokens: 1,
})

test.each([
  ['openai/gpt-4o-2024-08-06', 'gpt-4o'],
  ['GPT-4o', 'gpt-4o'],
  ['deepseek/deepseek-v4.1-flash-20260910', 'deepseek-v4.1-flash'],
  ['openai/gpt-oss-120b:free', 'gpt-oss-120b'],
  ['gpt-3.5-turbo-0125', 'gpt-3.5-turbo'],
  ['gpt-4.1-mini', 'gpt-4.1-mini'],
  ['qwen3-coder:30b', 'qwen3-coder:30b'],
  ['claude-opus-4@20260101', 'claude-opus-4'],
  ['llama-3.1-8b-instruct', 'llama-3.1-8b-instruct'],
  ['-2024-08-06', '-2024-08-06'],
])('%s is found by %s', (name, key) => {
  expect(modelKey(name)).toBe(key)
})

test('models of both sides are matched, and versions make one row', () => {
  const { rows } = compareBills(
    [ours('gpt-4o-2024-08-06', 5_000_000), ours('gpt-4o-2024-11-20', 1_000_000)],
    [theirs('openai/gpt-4o', 6_000_000)],
  )
  expect(rows).toMatchObject([
    {
      day: DAY,
      model: 'gpt-4o',
      status: 'same',
      differenceNanoUsd: 0,
      ours: {
        models: ['gpt-4o-2024-08-06', 'gpt-4o-2024-11-20'],
        costNanoUsd: 6_000_000,
        calls: 4,
      },
      theirs: { models: ['openai/gpt-4o'], costNanoUsd: 6_000_000 },
    },
  ])
})

test('rows that differ come first, the largest difference at the top', () => {
  const { rows, differenceNanoUsd } = compareBills(
    [ours('same', 7_000_000), ours('more', 9_000_000), ours('mine', 1_000_000), ours('free', 0)],
    [theirs('same', 7_000_000), theirs('more', 4_000_000), theirs('other', 30_000_000)],
  )
  expect(rows.map(({ model, status, differenceNanoUsd: by }) => [model, status, by])).toEqual([
    ['other', 'only_theirs', -30_000_000],
    ['more', 'differs', 5_000_000],
    ['mine', 'only_ours', 1_000_000],
    ['free', 'same', 0],
    ['same', 'same', 0],
  ])
  expect(differenceNanoUsd).toBe(17_000_000 - 41_000_000)
})

test('a thousandth, or a hundredth of a cent, is not a difference', () => {
  const status = (mine: number, other: number) =>
    compareBills([ours('m', mine)], [theirs('m', other)]).rows[0]?.status
  expect(status(1_000_100_000, 1_000_000_000)).toBe('same')
  expect(status(1_001_000_000, 1_000_000_000)).toBe('same')
  expect(status(1_001_000_001, 1_000_000_000)).toBe('differs')
  expect(status(100_000, 0)).toBe('same')
  expect(status(100_001, 0)).toBe('differs')
})

test('an unknown price is never treated as zero', () => {
  const {
    rows,
    ours: all,
    differenceNanoUsd,
  } = compareBills(
    [ours('unknown', null), ours('known', 5)],
    [theirs('unknown', 0), theirs('known', 5)],
  )
  expect(rows[0]).toMatchObject({ model: 'unknown', status: 'differs', differenceNanoUsd: null })
  expect(all).toMatchObject({ costNanoUsd: 5, unpricedCalls: 2, certainty: 'unknown' })
  expect(differenceNanoUsd).toBeNull()
})

test.each([
  ['of as many models', (at: number) => `model-${at}x`],
  ['of one model by as many names', (at: number) => `maker-${at}/gpt-4o`],
])('ten thousand rows %s are compared in a moment', (_, name) => {
  const rows = Array.from({ length: MAX_BILLED_ROWS }, (_row, at) => theirs(name(at), 1))
  const { user: before } = process.cpuUsage()
  const { theirs: sum } = compareBills([], rows)
  const ms = (process.cpuUsage().user - before) / 1000
  expect(sum).toMatchObject({ costNanoUsd: MAX_BILLED_ROWS, calls: 2 * MAX_BILLED_ROWS })
  expect(sum.models).toHaveLength(MAX_BILLED_ROWS)
  // A naive implementation takes seconds.
  expect(ms).toBeLessThan(500)
})

test('the same model on another day is a separate row', () => {
  const { rows } = compareBills([ours('m', 900_000)], [theirs('m', 900_000, '2026-11-03')])
  expect(rows.map(({ day, status }) => [day, status])).toEqual([
    ['2026-11-03', 'only_theirs'],
    [DAY, 'only_ours'],
  ])
})
