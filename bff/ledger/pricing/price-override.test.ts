import { describe, expect, test } from 'vitest'
import { PriceOverride, type SetPriceInput } from '#shared/prices.ts'
import { priceCall, type Priced } from './price-call.ts'
import { priceInForce } from './price-in-force.ts'
import type { PriceTarget } from './price.ts'
import { readUsage } from '../usage/read-usage.ts'

const OPENAI: PriceTarget = {
  kind: 'configured',
  baseUrl: 'https://api.openai.com/v1',
  provider: 'openai',
}
const LOCAL: PriceTarget = {
  kind: 'discovered',
  baseUrl: 'http://127.0.0.1:11434/v1',
  provider: 'ollama',
}
const ONE_AND_TWO = { inputPerMTok: 1_000_000_000, outputPerMTok: 2_000_000_000 }
const PLAIN = { prompt_tokens: 1000, completion_tokens: 100, total_tokens: 1100 }

function override(more: Partial<SetPriceInput> = {}, id = 'o1'): PriceOverride {
  const price = { modelPattern: 'gpt-4o*', rates: ONE_AND_TWO, ...more }
  return PriceOverride.parse({ ...price, id, version: 3, createdAt: '2026-11-01T00:00:00.000Z' })
}

interface Case {
  model?: string
  requested?: string
  target?: PriceTarget
  at?: string
  tier?: string
  raw?: object
  durationMs?: number
}

function priced(overrides: PriceOverride[], more: Case = {}): Priced {
  const model = more.model ?? 'gpt-4o'
  const usage = readUsage(more.raw ?? PLAIN, null)
  if (usage === null) throw new Error('nothing reported')
  return priceCall({
    target: more.target ?? OPENAI,
    modelReturned: model,
    modelRequested: more.requested ?? model,
    at: more.at ?? '2026-11-02T12:00:00.000Z',
    serviceTier: more.tier ?? null,
    usage,
    isEstimate: false,
    overrides,
    durationMs: more.durationMs ?? 0,
  })
}

/** Returns dollars per million input tokens, or null if no price is set. */
function inputRate(result: Priced): number | null {
  return result.price?.origin === 'override' ? result.price.inputPerMTok / 1e9 : null
}

const dollars = (input: number) => ({
  rates: { inputPerMTok: input * 1e9, outputPerMTok: 2e9 },
})

describe('which price applies', () => {
  test('a price that was set comes before every list, and the row says so', () => {
    expect(priced([override({ note: 'our contract' })])).toMatchObject({
      costNanoUsd: 1000 * 1000 + 100 * 2000,
      certainty: 'computed',
      priceId: 'override:o1@3',
      price: { origin: 'override', source: 'your price for gpt-4o*: our contract' },
    })
    expect(priced([], {}).price?.origin).toBe('provider_list')
  })

  test('the newest one that matches', () => {
    expect(inputRate(priced([override(dollars(7)), override(dollars(9))]))).toBe(7)
  })

  test('only at the provider it names', () => {
    const forAzure = override({ provider: 'azure', ...dollars(7) })
    expect(inputRate(priced([forAzure]))).toBeNull()
    expect(inputRate(priced([override({ provider: 'openai', ...dollars(7) })]))).toBe(7)
  })

  test.each([
    ['2026-10-31T23:59:59.999Z', null],
    ['2026-11-01T00:00:00.000Z', 1],
    ['2026-11-02T23:59:59.999Z', 1],
    ['2026-11-03T00:00:00.000Z', null],
  ])('only from its first day to its last, in UTC: %s', (at, rate) => {
    const dated = override({ effectiveFrom: '2026-11-01', effectiveTo: '2026-11-02' })
    expect(inputRate(priced([dated], { at }))).toBe(rate)
  })

  test('the one for the requested name, whichever model answered', () => {
    const alias = override({ modelPattern: 'fast' })
    expect(inputRate(priced([alias], { model: 'llama-9-instruct', requested: 'fast' }))).toBe(1)
    expect(inputRate(priced([alias], { model: 'llama-9-instruct' }))).toBeNull()
  })

  test('a local server and the demo can have one', () => {
    const rate = override({ modelPattern: '*' })
    expect(inputRate(priced([rate], { target: LOCAL }))).toBe(1)
    expect(inputRate(priced([rate], { target: { kind: 'demo', baseUrl: null } }))).toBe(1)
  })

  test('the model picker shows it', () => {
    const price = priceInForce(OPENAI, 'gpt-4o', '2026-11-02T12:00:00.000Z', [override()])
    expect(price).toMatchObject({ inputPerMTok: 1_000_000_000, origin: 'override' })
  })
})

describe('tiers', () => {
  const tiered = override({
    tiers: [
      { threshold: { inputTokens: 2000, inclusive: false }, ...dollars(2) },
      { threshold: { inputTokens: 3000, inclusive: true }, ...dollars(3) },
      { serviceTier: 'flex', ...dollars(0.5) },
      {
        serviceTier: 'flex',
        threshold: { inputTokens: 2000, inclusive: false },
        ...dollars(0.75),
      },
    ],
  })
  const withInput = (input: number, tier?: string): Priced =>
    priced([tiered], {
      raw: { prompt_tokens: input, completion_tokens: 1, total_tokens: input + 1 },
      ...(tier === undefined ? {} : { tier }),
    })

  test.each([
    [2000, undefined, 1],
    [2001, undefined, 2],
    [2999, undefined, 2],
    [3000, undefined, 3],
    [1000, 'default', 1],
    [1000, 'flex', 0.5],
    [2001, 'flex', 0.75],
  ])('%i tokens of input in tier %s', (input, tier, rate) => {
    expect(inputRate(withInput(input, tier))).toBe(rate)
  })

  test('a service tier that is not in it is priced at the standard rate, and flagged', () => {
    expect(withInput(1000, 'priority')).toMatchObject({
      certainty: 'estimated',
      flags: ['tier_unpriced'],
      price: { tier: 'priority, at the standard rate', inputPerMTok: 1_000_000_000 },
    })
  })
})

describe('an hour of a server', () => {
  const HALF_A_DOLLAR = 500_000_000
  const free = { inputPerMTok: 0, outputPerMTok: 0 }
  const hourly = override({ modelPattern: '*', rates: free, perHourNanoUsd: HALF_A_DOLLAR })

  test('costs its share for the time of the request, rounded once', () => {
    const result = priced([hourly], { target: LOCAL, durationMs: 10_000 })
    expect(result).toMatchObject({ costNanoUsd: 1_388_889, certainty: 'computed' })
    expect(result.lines.at(-1)).toMatchObject({ kind: 'time', quantity: 10_000 })
    expect(result.price?.perHourNanoUsd).toBe(HALF_A_DOLLAR)
    expect(priced([hourly], { durationMs: 3_600_000 }).costNanoUsd).toBe(HALF_A_DOLLAR)
  })

  test('does not depend on unreported tokens', () => {
    const result = priceCall({
      target: LOCAL,
      modelReturned: null,
      modelRequested: 'qwen3',
      at: '2026-11-02T12:00:00.000Z',
      serviceTier: null,
      usage: { ...usageOfNothing(), inputTokens: null },
      isEstimate: true,
      overrides: [hourly],
      durationMs: 7200,
    })
    expect(result).toMatchObject({ costNanoUsd: 1_000_000, certainty: 'computed' })
  })

  test('can cost nothing', () => {
    const zero = override({ modelPattern: '*', rates: free })
    expect(priced([zero])).toMatchObject({ costNanoUsd: 0, certainty: 'computed' })
  })
})

describe('an amount that the provider reports', () => {
  const raw = { ...PLAIN, cost: 0.5 }

  test('comes before a price that was set, which is kept beside it', () => {
    expect(priced([override()], { raw })).toMatchObject({
      costNanoUsd: 500_000_000,
      certainty: 'reported',
      computedNanoUsd: 1_200_000,
    })
  })

  test('gives way to a price that is set to come first', () => {
    expect(priced([override({ beatsReported: true })], { raw })).toMatchObject({
      costNanoUsd: 1_200_000,
      certainty: 'computed',
    })
  })
})

test('a part without its own rate is charged at the rate of the whole', () => {
  const raw = {
    ...PLAIN,
    prompt_tokens_details: { cached_tokens: 400, audio_tokens: 100 },
    completion_tokens_details: { audio_tokens: 50 },
  }
  expect(priced([override()], { raw })).toMatchObject({ costNanoUsd: 1_200_000, flags: [] })
  const rates = { ...ONE_AND_TWO, cachedInputPerMTok: 0, audioInputPerMTok: 10_000_000_000 }
  expect(priced([override({ rates })], { raw }).costNanoUsd).toBe(
    500 * 1000 + 100 * 10_000 + 100 * 2000,
  )
})

function usageOfNothing() {
  const usage = readUsage({ completion_tokens: 1 }, null)
  if (usage === null) throw new Error('nothing reported')
  return usage
}
