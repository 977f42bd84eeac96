import { expect, test } from 'vitest'
import type { RequestEstimate } from '#shared/estimate.ts'
import { formatChange, formatCost, formatInputTokens, formatWarning } from './format-estimate.ts'

function estimate(more: Partial<RequestEstimate> = {}): RequestEstimate {
  return {
    provider: 'openai',
    model: 'gpt-4.1',
    inputTokens: 12_400,
    certainty: 'estimated',
    takesImages: null,
    canCount: false,
    window: 128_000,
    outputLimit: null,
    cost: null,
    threshold: null,
    price: null,
    ...more,
  }
}

test.each([
  [3_123_456, 8_123_456, '≈ $0.0031, could cost up to $0.0082'],
  [3_163_456, null, '≈ $0.0032'],
  [0, 0, 'free'],
  [0, null, 'free'],
  [0, 1_000_000, '≈ $0.00, could cost up to $0.001'],
  [3, 1_234_567_890, '≈ $0.000000003, could cost up to $1.30'],
])('a cost of %o, %o at most, is %s', (expectedNanoUsd, maxNanoUsd, text) => {
  const cost = { minNanoUsd: 0, expectedNanoUsd, maxNanoUsd }
  expect(formatCost(estimate({ cost }))).toBe(text)
})

test('an estimate of the demo reads demo', () => {
  const cost = { minNanoUsd: 708_000, expectedNanoUsd: 2_708_000, maxNanoUsd: null }
  const price = {
    inputPerMTok: 1_000_000_000,
    cachedInputPerMTok: 100_000_000,
    cacheWritePerMTok: null,
    outputPerMTok: 4_000_000_000,
    origin: 'demo' as const,
    source: 'demo price, nobody is billed',
    effectiveFrom: null,
    tier: null,
  }
  expect(formatCost(estimate({ cost, price }))).toBe('demo')
})

test('an unknown cost is unpriced', () => {
  expect(formatCost(estimate())).toBe('unpriced')
})

test('tokens counted by the provider are exact', () => {
  expect(formatInputTokens(estimate())).toBe('≈ 12,400 tokens')
  expect(formatInputTokens(estimate({ certainty: 'reported' }))).toBe('12,400 tokens')
})

test('a change of model shows the file name with hidden characters visible', () => {
  const before = { provider: 'openai', model: 'gpt-4.1' }
  expect(formatChange(estimate(), before)).toBe('')
  expect(formatChange(estimate(), null)).toBe('')
  const after = estimate({ provider: 'llama.cpp', model: '/models/qwen\u202E3.gguf' })
  expect(formatChange(after, before)).toBe('qwen⟨U+202E⟩3.gguf (llama.cpp) answers next: ')
})

test.each<[Partial<RequestEstimate>, string | null]>([
  [{}, null],
  [{ inputTokens: 128_001 }, 'Longer than this model’s window of 128,000 tokens.'],
  [
    { threshold: { fromTokens: 200_000, reached: false, times: 2 } },
    'From 200,000 tokens on it all costs double.',
  ],
  [
    { threshold: { fromTokens: 272_001, reached: false, times: 1.5 } },
    'Above 272,000 tokens it all costs 1.5 times as much.',
  ],
  [
    { threshold: { fromTokens: 272_001, reached: true, times: 2 } },
    'At this length the whole request costs double.',
  ],
])('a warning about %o: %s', (more, text) => {
  expect(formatWarning(estimate(more))).toBe(text)
})
