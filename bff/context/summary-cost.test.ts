import { expect, test } from 'vitest'
import { priceOf } from '../ledger/pricing/price-in-force.ts'
import { expectedOf, savedSince } from './summary-cost.ts'

const DEMO = { kind: 'demo', baseUrl: null } as const
/** 1, 0.10 and 4 dollars per million tokens. */
const demoPrice = (inputTokens: number) =>
  priceOf(DEMO, 'demo', { at: new Date(), inputTokens, serviceTier: null })

const SIZES = {
  parts: [80_000],
  replacedTokens: 80_000,
  keptTokens: 10_000,
  fixedTokens: 2_000,
}

test('without a cache it costs the call, and saves fresh input', () => {
  const expected = expectedOf(SIZES, { perAnswer: 1, cached: false }, demoPrice)
  expect(expected).toEqual({
    tokens: 1_200,
    // 80,200 tokens in and 1,200 out.
    costNanoUsd: 80_200_000 + 4_800_000,
    lostCacheNanoUsd: 0,
    savesPerTurnNanoUsd: 78_800_000,
    paysAfterTurns: 2,
  })
})

test('with a cache it also loses what the cache knew, and saves less', () => {
  const expected = expectedOf(SIZES, { perAnswer: 1, cached: true }, demoPrice)
  // 11,200 tokens read anew at 1 instead of 0.10 dollars, and 78,800 not read at 0.10.
  expect(expected).toMatchObject({ lostCacheNanoUsd: 10_080_000, savesPerTurnNanoUsd: 7_880_000 })
  expect(expected.paysAfterTurns).toBe(Math.ceil((85_000_000 + 10_080_000) / 7_880_000))
})

test('an answer of several requests saves with each', () => {
  const expected = expectedOf(SIZES, { perAnswer: 3, cached: false }, demoPrice)
  expect(expected.savesPerTurnNanoUsd).toBe(3 * 78_800_000)
})

test('without a price nothing is said of money', () => {
  expect(expectedOf(SIZES, { perAnswer: 1, cached: false }, () => null)).toMatchObject({
    costNanoUsd: null,
    savesPerTurnNanoUsd: null,
    paysAfterTurns: null,
  })
})

test('what was really saved goes by the price of each request', () => {
  const price = JSON.stringify({
    inputPerMTok: 1_000_000_000,
    cachedInputPerMTok: 100_000_000,
    cacheWritePerMTok: null,
    outputPerMTok: 1,
    origin: 'demo',
    source: 'test',
    effectiveFrom: null,
    tier: null,
  })
  expect(savedSince([{ price }, { price }], 1_000, false)).toEqual({
    requests: 2,
    tokens: 2_000,
    nanoUsd: 2_000_000,
  })
  expect(savedSince([{ price }], 1_000, true).nanoUsd).toBe(100_000)
  expect(savedSince([{ price }, { price: null }], 1_000, true).nanoUsd).toBeNull()
})
