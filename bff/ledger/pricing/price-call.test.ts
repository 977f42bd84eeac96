import { calcPrice } from '@pydantic/genai-prices'
import { describe, expect, test } from 'vitest'
import { contextWindow, priceInForce } from './price-in-force.ts'
import type { PriceTarget } from './price.ts'
import { priceCall, type Priced } from './price-call.ts'
import { readUsage, type Usage } from '../usage/read-usage.ts'

const AT = '2026-11-02T12:00:00.000Z'
const OPENAI: PriceTarget = { kind: 'configured', baseUrl: 'https://api.openai.com/v1' }
const PROXY: PriceTarget = { kind: 'configured', baseUrl: 'http://proxy.internal:4000/v1' }
const OPENROUTER: PriceTarget = { kind: 'configured', baseUrl: 'https://openrouter.ai/api/v1' }

function usageOf(raw: object): Usage {
  const usage = readUsage(raw, null)
  if (usage === null) throw new Error('nothing reported')
  return usage
}

function price(
  target: PriceTarget,
  model: string,
  raw: object,
  serviceTier: string | null = null,
  modelRequested = model,
): Priced {
  return priceCall({
    target,
    modelReturned: model,
    modelRequested,
    at: AT,
    serviceTier,
    usage: usageOf(raw),
    isEstimate: false,
  })
}

const PLAIN = { prompt_tokens: 1000, completion_tokens: 100, total_tokens: 1100 }

describe('the amount', () => {
  test('is fresh + cached + written + output, each once', () => {
    const raw = {
      ...PLAIN,
      prompt_tokens_details: { cached_tokens: 600, cache_write_tokens: 200 },
      completion_tokens_details: { reasoning_tokens: 60 },
    }
    const priced = price(OPENAI, 'gpt-5.6-sol', raw)
    expect(priced.lines).toEqual([
      { kind: 'input', quantity: 200, perMillion: 4_000_000_000, amountNanoUsd: 800_000 },
      { kind: 'cached_input', quantity: 600, perMillion: 400_000_000, amountNanoUsd: 240_000 },
      { kind: 'cache_write', quantity: 200, perMillion: 5_000_000_000, amountNanoUsd: 1_000_000 },
      { kind: 'output', quantity: 100, perMillion: 20_000_000_000, amountNanoUsd: 2_000_000 },
    ])
    expect(priced).toMatchObject({ costNanoUsd: 4_040_000, certainty: 'computed', flags: [] })
  })

  test('charges cached and written tokens as input where they have no rate of their own', () => {
    const raw = { ...PLAIN, prompt_tokens_details: { cached_tokens: 600, cache_write_tokens: 100 } }
    expect(price(OPENAI, 'gpt-5-pro', raw).costNanoUsd).toBe(1000 * 15_000 + 100 * 120_000)
  })

  test.each([
    [4, 14], // 4 × 3.625 = 14.5
    [12, 44], // 12 × 3.625 = 43.5
    [13, 47], // 13 × 3.625 = 47.125
  ])('rounds each component once, half to even: %i cached tokens', (cached, nano) => {
    const priced = priceCall({
      target: { kind: 'configured', baseUrl: 'https://api.deepseek.com' },
      modelReturned: 'deepseek-v4-pro',
      modelRequested: 'deepseek-v4-pro',
      at: '2026-06-01T12:00:00.000Z',
      serviceTier: null,
      usage: usageOf({ ...PLAIN, prompt_cache_hit_tokens: cached }),
      isEstimate: false,
    })
    expect(priced.lines[1]).toMatchObject({ perMillion: 3_625_000, amountNanoUsd: nano })
  })

  test('is the sum of its lines, and what the price book itself computes in floats', () => {
    const models = ['gpt-5.6-sol', 'gpt-5.6-luna', 'gpt-4o', 'o3', 'gpt-4.1-nano', 'gpt-5-pro']
    for (const [seed, model] of Array.from(
      { length: 600 },
      (_, n) => [n + 1, models[n % 6] ?? ''] as const,
    )) {
      const input = (seed * 7919) % 400_000
      const cached = Math.floor(input / ((seed % 5) + 1.5))
      const written = Math.floor((input - cached) / ((seed % 3) + 2))
      const output = 1 + ((seed * 104_729) % 50_000)
      const raw = {
        prompt_tokens: input,
        completion_tokens: output,
        prompt_tokens_details: { cached_tokens: cached, cache_write_tokens: written },
      }
      const priced = price(OPENAI, model, raw)
      const sum = priced.lines.reduce((total, { amountNanoUsd }) => total + amountNanoUsd, 0)
      const reference = calcPrice(
        {
          input_tokens: input,
          cache_read_tokens: cached,
          cache_write_tokens: written,
          output_tokens: output,
        },
        model,
        { providerId: 'openai', timestamp: new Date(AT) },
      )
      expect(priced.costNanoUsd).toBe(sum)
      expect(Math.abs(sum - (reference?.total_price ?? 0) * 1e9)).toBeLessThanOrEqual(
        priced.lines.length,
      )
    }
  })
})

describe('which price', () => {
  test('an unknown address uses the maker’s list if the model name is exactly theirs', () => {
    expect(price(PROXY, 'gpt-5.6-luna', PLAIN)).toMatchObject({
      costNanoUsd: 1000 * 200 + 100 * 1200,
      certainty: 'computed',
      price: { origin: 'maker_list', effectiveFrom: '2026-07-30' },
    })
  })

  test.each(['openai/gpt-5.6-luna', 'gpt-5.6-luna-turbo', 'llama-3.3-70b', 'gpt-oss-120b', ''])(
    'at an unknown address %j is unpriced, never zero',
    (model) => {
      expect(price(PROXY, model, PLAIN)).toMatchObject({
        costNanoUsd: null,
        certainty: 'unknown',
        priceId: null,
        price: null,
        lines: [],
      })
    },
  )

  test('a snapshot missing from the book costs what its requested family costs', () => {
    const snapshot = price(OPENAI, 'gpt-5.5-2026-10-01', PLAIN, null, 'gpt-5.5')
    expect(snapshot.costNanoUsd).toBe(price(OPENAI, 'gpt-5.5', PLAIN).costNanoUsd)
    expect(price(OPENAI, 'gpt-5.5-2026-10-01', PLAIN).certainty).toBe('unknown')
    expect(price(OPENAI, 'gpt-5.5-turbo', PLAIN, null, 'gpt-5.5').certainty).toBe('unknown')
  })

  test('a listed provider does not use the maker’s prices', () => {
    expect(price(OPENROUTER, 'gpt-5.6-luna-imaginary', PLAIN).certainty).toBe('unknown')
  })

  test('a discovered local server costs nothing, and the row says so', () => {
    const local: PriceTarget = { kind: 'discovered', baseUrl: 'http://127.0.0.1:11434/v1' }
    expect(price(local, 'gpt-4o', PLAIN)).toMatchObject({
      costNanoUsd: 0,
      certainty: 'computed',
      price: { origin: 'local' },
    })
  })

  test('the demo has its own price', () => {
    expect(price({ kind: 'demo', baseUrl: null }, 'tally-demo', PLAIN)).toMatchObject({
      costNanoUsd: 1_400_000,
      price: { origin: 'demo' },
    })
  })

  test('the provider’s amount comes first, the computed one is kept beside it', () => {
    const raw = { ...PLAIN, cost: 0.0123 }
    expect(price(OPENROUTER, 'openai/gpt-4o', raw)).toMatchObject({
      costNanoUsd: 12_300_000,
      computedNanoUsd: 1000 * 2500 + 100 * 10_000,
      certainty: 'reported',
      price: { origin: 'provider_reported' },
    })
    expect(price(PROXY, 'unheard-of', raw)).toMatchObject({
      costNanoUsd: 12_300_000,
      computedNanoUsd: null,
      certainty: 'reported',
      price: null,
    })
  })
})

describe('the service tier that was returned', () => {
  test.each([null, 'default', 'auto', 'standard', 'on_demand'])('%s is standard', (tier) => {
    expect(price(OPENAI, 'gpt-5.6-luna', PLAIN, tier)).toMatchObject({
      costNanoUsd: 320_000,
      certainty: 'computed',
      price: { tier: null },
    })
  })

  test('flex is half, also for a long request', () => {
    expect(price(OPENAI, 'gpt-5.6-luna', PLAIN, 'flex')).toMatchObject({
      costNanoUsd: 160_000,
      certainty: 'computed',
      price: { tier: 'flex', inputPerMTok: 100_000_000 },
    })
    const long = { prompt_tokens: 300_000, completion_tokens: 0, total_tokens: 300_000 }
    expect(price(OPENAI, 'gpt-5.6-luna', long, 'flex').costNanoUsd).toBe(300_000 * 200)
  })

  test('priority has a ratio per model', () => {
    expect(price(OPENAI, 'gpt-5.6-luna', PLAIN, 'priority').costNanoUsd).toBe(640_000)
    expect(price(OPENAI, 'gpt-4o', PLAIN, 'priority').costNanoUsd).toBe(1000 * 4250 + 100 * 17_000)
  })

  test.each([
    [OPENAI, 'gpt-6-luna', 'flex'],
    [OPENAI, 'gpt-5.6-luna', 'ultrafast'],
    [OPENROUTER, 'openai/gpt-4o', 'priority'],
  ])(
    'a tier without a known rate is estimated at the standard one and flagged',
    (target, model, tier) => {
      const priced = price(target, model, PLAIN, tier)
      expect(priced).toMatchObject({ certainty: 'estimated', flags: ['tier_unpriced'] })
      expect(priced.costNanoUsd).toBe(price(target, model, PLAIN).costNanoUsd)
      expect(priced.price?.tier).toBe(`${tier}, at the standard rate`)
    },
  )

  test('data residency costs a tenth more', () => {
    const eu: PriceTarget = { kind: 'configured', baseUrl: 'https://eu.api.openai.com/v1' }
    expect(price(eu, 'gpt-5.6-luna', PLAIN)).toMatchObject({
      costNanoUsd: 352_000,
      price: { tier: 'EU data residency' },
    })
    expect(price(eu, 'gpt-4o', PLAIN).price?.tier).toBeNull()
  })
})

describe('what makes an amount less certain', () => {
  test('a total that does not add up is flagged', () => {
    expect(price(OPENAI, 'gpt-4o', { ...PLAIN, total_tokens: 5000 })).toMatchObject({
      certainty: 'computed',
      flags: ['total_mismatch'],
    })
  })

  test('parts that exceed the whole make the amount an estimate that is never negative', () => {
    const raw = { ...PLAIN, prompt_tokens_details: { cached_tokens: 2000 } }
    const priced = price(OPENAI, 'gpt-4o', raw)
    expect(priced.certainty).toBe('estimated')
    expect(priced.lines.every(({ quantity }) => quantity >= 0)).toBe(true)
  })

  test('an incomplete report has no amount', () => {
    expect(price(OPENAI, 'gpt-4o', { completion_tokens: 5 })).toMatchObject({
      costNanoUsd: null,
      certainty: 'unknown',
    })
  })
})

test('the picker shows the rates of a small request, and the window', () => {
  expect(priceInForce(OPENAI, 'gpt-5.6-luna', AT)).toEqual({
    inputPerMTok: 200_000_000,
    cachedInputPerMTok: 20_000_000,
    cacheWritePerMTok: 250_000_000,
    outputPerMTok: 1_200_000_000,
    origin: 'provider_list',
    source: 'genai-prices 0.1.8, openai/gpt-5.6-luna',
    effectiveFrom: '2026-07-30',
    tier: null,
  })
  expect(contextWindow(OPENAI, 'gpt-5.6-luna')).toBe(1_050_000)
  expect(contextWindow(PROXY, 'gpt-4o')).toBe(128_000)
  expect(contextWindow(PROXY, 'llama')).toBeNull()
  expect(priceInForce(PROXY, 'llama', AT)).toBeNull()
})
