import { expect, test } from 'vitest'
import type { CallCache } from '#shared/call-cache.ts'
import { aCall } from '../testing/call.ts'
import { causeSentence, hitRateOf, missesSentence, formatPercent } from './format-cache.ts'

const CACHE: CallCache = {
  hitRate: 0.5,
  cause: null,
  changedNumber: null,
  gapMs: null,
  missedTokens: null,
}

test.each([
  [0, '0 %'],
  [0.001, 'less than 1 %'],
  [0.638, '64 %'],
  [0.999, 'more than 99 %'],
  [1, '100 %'],
])('a rate of %s is %s', (rate, text) => {
  expect(formatPercent(rate)).toBe(text)
})

test('a full cache hit has no cause of a miss', () => {
  expect(causeSentence(CACHE)).toBeNull()
})

test.each<[Partial<CallCache>, RegExp]>([
  [{ cause: 'first' }, /^It is the first request of the conversation: .*yet\.$/],
  [
    { cause: 'question', changedNumber: 3, missedTokens: 6000 },
    /^Question 3 .* About 6,000 tokens/,
  ],
  [{ cause: 'expired', gapMs: 20 * 60_000 }, /20 minutes earlier/],
  [{ cause: 'expired', gapMs: 5 * 3_600_000 }, /5 hours earlier/],
  [{ cause: 'expired', gapMs: 72 * 3_600_000 }, /3 days earlier/],
])('the cause of a miss: %o', (more, text) => {
  expect(causeSentence({ ...CACHE, ...more })).toMatch(text)
})

test('a conversation lists the most expensive causes', () => {
  const cache = { calls: 4, inputTokens: 9, cachedInputTokens: 1, hitRate: 0.1 }
  const misses = [
    { cause: 'model' as const, calls: 2, missedTokens: 8000 },
    { cause: 'first' as const, calls: 1, missedTokens: 0 },
  ]

  expect(missesSentence({ ...cache, misses })).toBe(
    'Missed: another model or provider (≈ 8,000 tokens).',
  )
  expect(missesSentence({ ...cache, misses: [] })).toBeNull()
})

test('the rate of an answer counts only calls that report one', () => {
  const half = aCall({ inputTokens: 1000, cachedInputTokens: 500 })
  const silent = aCall({ inputTokens: 9000, cachedInputTokens: null })

  expect(hitRateOf([{ ...half, cache: CACHE }, silent])).toBe(0.5)
  expect(hitRateOf([silent])).toBeNull()
})
