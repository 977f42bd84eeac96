import { expect, test } from 'vitest'
import type { BilledSum, Reconciliation } from '#shared/reconcile.ts'
import { formatDifference, formatShare } from './difference.ts'
import { resultCsv } from './result-csv.ts'
import { providerOf } from './key-owner.ts'

const sum = (models: string[], costNanoUsd: number | null): BilledSum => ({
  models,
  costNanoUsd,
  certainty: costNanoUsd === null ? 'unknown' : 'computed',
  unpricedCalls: costNanoUsd === null ? 1 : 0,
  calls: 2,
  inputTokens: null,
  outputTokens: null,
})

test('a comparison is saved with all decimals and without formulas', () => {
  const result: Reconciliation = {
    from: '2026-11-02',
    to: '2026-11-02',
    provider: null,
    ours: sum([], 1),
    theirs: sum([], 2),
    differenceNanoUsd: -1,
    rows: [
      {
        day: '2026-11-02',
        model: 'm',
        status: 'differs',
        ours: sum(['m', 'm-2026-01-01'], 1),
        theirs: sum(['=SUM(A1)'], 20_000_001),
        differenceNanoUsd: -20_000_000,
      },
      {
        day: '2026-11-02',
        model: 'n',
        status: 'only_ours',
        ours: sum(['n'], null),
        theirs: null,
        differenceNanoUsd: null,
      },
    ],
  }
  expect(resultCsv(result).split('\r\n').slice(1)).toEqual([
    "2026-11-02,m,differs,m m-2026-01-01,2,0.000000001,computed,'=SUM(A1),2,0.020000001,-0.02",
    '2026-11-02,n,only_ours,n,2,,unknown,,,,',
    '',
  ])
})

test('a difference has a sign and a percentage of the provider’s amount', () => {
  expect(formatDifference(20_000_000)).toBe('+$0.02')
  expect(formatDifference(-20_000_000)).toBe('−$0.02')
  expect(formatDifference(null)).toBe('not known')
  expect(formatShare(-5, 10)).toBe('−50 %')
  expect(formatShare(5, 0)).toBe('–')
})

test('the provider is the one named like the biller', () => {
  expect(providerOf('openrouter', ['openai', 'OpenRouter'])).toBe('OpenRouter')
  expect(providerOf('openai', ['openai', 'openai-eu'])).toBeNull()
  expect(providerOf('litellm', ['openai'])).toBeNull()
})
