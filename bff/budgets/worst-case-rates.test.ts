import { expect, test } from 'vitest'
import {
  costAtMost,
  outputWithin,
  type WorstCaseRates,
  worstCaseRatesOf,
} from './worst-case-rates.ts'

const rates = {
  input: 400_000_000n,
  cachedInput: 100_000_000n,
  cacheWrite: 500_000_000n,
  longCacheWrite: null,
  output: 1_600_000_000n,
  reasoning: null,
  citation: null,
  audioInput: null,
  cachedAudioInput: null,
  audioOutput: null,
  request: null,
  webSearch: null,
}
const FREE: WorstCaseRates = { input: 0n, output: 0n, perRequest: 0n }

test('input is reserved at its highest possible rate', () => {
  expect(worstCaseRatesOf({ rates })).toMatchObject({ input: 500_000_000n, output: 1_600_000_000n })
})

test.each([0, 1, 999, 1_000_000])(
  'the output that fits costs no more than is left (%i)',
  (nano) => {
    const worstCaseRates = worstCaseRatesOf({ rates })
    const output = outputWithin(worstCaseRates, 1, nano)
    const fits = output < 0 || costAtMost(worstCaseRates, 1, output) <= nano
    expect(fits).toBe(true)
    expect(costAtMost(worstCaseRates, 1, Math.max(0, output) + 1)).toBeGreaterThan(nano)
  },
)

test('a free request always fits', () => {
  expect(outputWithin(FREE, 1_000_000, 0)).toBe(Infinity)
  expect(costAtMost(FREE, 1_000_000, 1_000_000)).toBe(0)
})
