import { findProvider } from '@pydantic/genai-prices'
import { describe, expect, test } from 'vitest'
import { listedAddress } from './price-address.ts'
import { listPrice, listsExactly } from './price-list.ts'

const AT = new Date('2026-11-02T12:00:00Z')

describe('an address has the list of its host’s owner', () => {
  test.each([
    ['https://api.openai.com/v1', 'openai'],
    ['https://openrouter.ai/api/v1', 'openrouter'],
    ['https://api.deepseek.com', 'deepseek'],
    ['https://api.x.ai/v1', 'x-ai'],
    ['https://api.groq.com/openai/v1', 'groq'],
    ['https://api.mistral.ai/v1', 'mistral'],
    ['https://generativelanguage.googleapis.com/v1beta/openai/', 'google'],
    ['https://us-central1-aiplatform.googleapis.com/v1', 'google'],
    ['https://api.together.xyz/v1', 'together'],
    ['https://api.fireworks.ai/inference/v1', 'fireworks'],
    ['https://api.perplexity.ai', 'perplexity'],
    ['https://api.anthropic.com/v1', 'anthropic'],
    ['https://me.openai.azure.com/openai/v1', 'azure'],
    ['https://bedrock-runtime.eu-west-1.amazonaws.com/openai/v1', 'aws'],
  ])('%s is %s', (url, provider) => {
    expect(listedAddress(url)).toEqual({ provider, region: null })
    expect(findProvider({ providerId: provider })?.id).toBe(provider)
  })

  test('a data-residency address is OpenAI in a region', () => {
    expect(listedAddress('https://eu.api.openai.com/v1')).toEqual({
      provider: 'openai',
      region: 'eu',
    })
  })

  test.each([
    'http://localhost:4000/v1',
    'https://api.openai.com.example.org/v1',
    'https://proxy.example.org/api.openai.com',
    'not a url',
    null,
  ])('%s has none', (url) => {
    expect(listedAddress(url)).toBeNull()
  })
})

function input(model: string, at: string): bigint | undefined {
  return listPrice('openai', model, new Date(at), 1000)?.rates.input
}

function deepSeekAt(time: string): unknown {
  return listPrice('deepseek', 'deepseek-chat', new Date(`2026-11-02T${time}Z`), 0)
}

describe('a price depends on the time', () => {
  test('a price cut counts from its first day, in UTC', () => {
    expect(input('gpt-5.6-luna', '2026-07-29T23:59:59.999Z')).toBe(1_000_000_000n)
    expect(input('gpt-5.6-luna', '2026-07-30T00:00:00.000Z')).toBe(200_000_000n)
    expect(listPrice('openai', 'gpt-5.6-luna', AT, 0)?.effectiveFrom).toBe('2026-07-30')
  })

  test('a dated name has its family’s price', () => {
    expect(listPrice('openai', 'gpt-5.6-sol-2026-07-13', AT, 0)).toMatchObject({
      model: 'gpt-5.6-sol',
      rates: { input: 4_000_000_000n },
    })
    expect(listPrice('google', 'models/gemini-2.5-flash', AT, 0)?.model).toBe('gemini-2.5-flash')
  })

  test('DeepSeek V3 is cheaper at night', () => {
    expect(deepSeekAt('00:29:59')).toMatchObject({ rates: { input: 135_000_000n }, window: null })
    expect(deepSeekAt('00:30:00')).toMatchObject({
      rates: { input: 270_000_000n },
      window: '00:30–16:30 UTC',
    })
    expect(deepSeekAt('16:30:00')).toMatchObject({ rates: { input: 135_000_000n } })
  })

  test.each([
    ['a weekday in the peak', '2026-11-02T02:00:00Z', 440_000_000n],
    ['a weekday outside of it', '2026-11-02T05:00:00Z', 220_000_000n],
    ['a Saturday in Beijing', '2026-11-07T02:00:00Z', 220_000_000n],
    ['a Friday in UTC that is Saturday in Beijing', '2026-11-06T16:30:00Z', 220_000_000n],
    ['a Saturday before weekends were off-peak', '2026-08-22T02:00:00Z', 440_000_000n],
    ['before there were peaks', '2026-08-10T02:00:00Z', 140_000_000n],
  ])('DeepSeek V4 on %s', (_, at, rate) => {
    expect(listPrice('deepseek', 'deepseek-v4-flash', new Date(at), 0)?.rates.input).toBe(rate)
  })
})

describe('a long request is repriced as a whole from its provider’s threshold', () => {
  test.each([
    ['openai', 'gpt-5.6-sol', 272_000, 4_000_000_000n, null],
    ['openai', 'gpt-5.6-sol', 272_001, 8_000_000_000n, 'more than 272,000'],
    ['openai', 'gpt-6-sol', 272_000, 2_000_000_000n, null],
    ['azure', 'gpt-5.4', 272_000, 2_500_000_000n, null],
    ['google', 'gemini-2.5-pro', 200_000, 1_250_000_000n, null],
    ['google', 'gemini-2.5-pro', 200_001, 2_500_000_000n, 'more than 200,000'],
    ['x-ai', 'grok-4.5', 199_999, 2_000_000_000n, null],
    ['x-ai', 'grok-4.5', 200_000, 4_000_000_000n, '200,000 input tokens or more'],
  ])('%s %s with %i input tokens', (provider, model, tokens, rate, words) => {
    const price = listPrice(provider, model, AT, tokens)
    expect(price?.rates.input).toBe(rate)
    expect(price?.longContext ?? '').toContain(words ?? '')
    expect(price?.longContext === null).toBe(words === null)
  })

  test('all rates move together', () => {
    expect(listPrice('openai', 'gpt-5.6-sol', AT, 300_000)?.rates).toMatchObject({
      input: 8_000_000_000n,
      cachedInput: 800_000_000n,
      cacheWrite: 10_000_000_000n,
      output: 30_000_000_000n,
    })
  })
})

test.each([
  ['openai', 'gpt-9-imaginary'],
  ['openai', 'text-embedding-3-small-typo'],
  ['google', 'gemma-3-27b-it'],
])('%s %s has no price: an empty entry is not zero', (provider, model) => {
  expect(listPrice(provider, model, AT, 0)).toBeNull()
})

test('a free OpenRouter model costs nothing', () => {
  expect(listPrice('openrouter', 'allenai/molmo-7b-d:free', AT, 0)?.rates).toMatchObject({
    input: 0n,
    output: 0n,
  })
})

test.each([
  ['openai', 'gpt-5.6-luna', true],
  ['openai', 'gpt-5.6-luna-2026-07-13', true],
  ['openai', 'GPT-4o', true],
  ['openai', 'gpt-4o-2024-08-06', true],
  ['anthropic', 'claude-sonnet-4-5-20250929', true],
  ['openai', 'gpt-oss-120b', false],
  ['openai', 'gpt-4o-my-finetune', false],
  ['anthropic', 'claude-sonnet-4-5-distilled', false],
  ['anthropic', 'my-claude', false],
  ['openai', 'openai/gpt-4o', false],
])('%s: is %s exactly theirs? %s', (maker, model, answer) => {
  expect(listsExactly(maker, model)).toBe(answer)
})
