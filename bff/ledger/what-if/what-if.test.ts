import { Hono } from 'hono'
import { expect, test } from 'vitest'
import type { ModelList } from '#shared/api.ts'
import type { ModelCall } from '#shared/ledger.ts'
import type { PriceOverride } from '#shared/prices.ts'
import { WhatIf, type WhatIfModel } from '#shared/what-if.ts'
import { Problem } from '../../http/problem.ts'
import { addConversation } from '../../testing/conversation.ts'
import { SHUT_DOWN_MODELS } from '../pricing/model-shutdowns.ts'
import { modelsOf } from '../pricing/price-list.ts'
import type { PriceTarget } from '../pricing/price.ts'
import { databaseWith, sampleCall } from '../../testing/ledger-calls.ts'
import { whatIf } from './what-if.ts'
import { whatIfRoutes } from './routes.ts'

const OPENAI: PriceTarget = { kind: 'configured', baseUrl: 'https://api.openai.com/v1' }
const PROXY: PriceTarget = { kind: 'configured', baseUrl: 'https://proxy.test/v1' }
const TARGETS: Record<string, PriceTarget> = { openai: OPENAI, proxy: PROXY }

const AT = '2026-11-02T12:00:00.000Z'

interface Setting {
  models?: Record<string, string[]>
  overrides?: PriceOverride[]
  now?: string
  favorite?: string
}

async function compare(
  calls: Partial<ModelCall>[],
  {
    models = { openai: ['gpt-4o', 'gpt-4o-mini'] },
    overrides = [],
    now = AT,
    favorite,
  }: Setting = {},
): Promise<WhatIf> {
  const db = await databaseWith(calls)
  await addConversation(db, 'c-1', 'Prices')
  const items = Object.entries(models).map(([name, ids]) => ({
    name,
    kind: 'configured' as const,
    problem: null,
    models: ids.map((id) => ({ id, contextWindow: 128_000, price: null, default: false })),
  }))
  const list: ModelList = { items, nextCursor: null, default: null }
  const app = new Hono().route(
    '/',
    whatIfRoutes({
      db,
      book: { overrides: () => overrides },
      targetOf: (name) => TARGETS[name] ?? null,
      providers: { listModels: () => Promise.resolve(list) },
      isFavorite: (_provider, model) => model === favorite,
      now: () => new Date(now),
    }),
  )
  app.onError((error) => (error instanceof Problem ? error.toResponse() : Response.error()))
  expect((await app.request('/api/conversations/none/what-if')).status).toBe(404)
  return WhatIf.parse(await (await app.request('/api/conversations/c-1/what-if')).json())
}

function own({ items }: WhatIf, model: string): WhatIfModel | undefined {
  return items.find((row) => row.from === 'own' && row.model === model)
}

const FRESH = { inputTokens: 1000, outputTokens: 100, costNanoUsd: 3_500_000 }

test('the model that answered costs what was billed, another costs its list price', async () => {
  const answer = await compare([FRESH, { ...FRESH, purpose: 'title' }])

  expect(answer.billed).toMatchObject({ calls: 2, costNanoUsd: 7_000_000 })
  expect(own(answer, 'gpt-4o')).toMatchObject({
    used: true,
    costNanoUsd: 7_000_000,
    certainty: 'computed',
    differenceNanoUsd: 0,
    ratio: 1,
  })
  // 2,000 × $0.15 and 200 × $0.60 per million.
  expect(own(answer, 'gpt-4o-mini')).toMatchObject({
    used: false,
    costNanoUsd: 420_000,
    certainty: 'estimated',
    differenceNanoUsd: -6_580_000,
    ratio: 0.06,
    fits: true,
  })
  expect(answer.items.map(({ from }) => from).indexOf('list')).toBe(2)
  const makers = new Set(answer.items.filter((row) => row.from === 'list').map((r) => r.provider))
  expect([...makers]).toEqual(expect.arrayContaining(['anthropic', 'google', 'x-ai']))
  // The user already has this model from its maker.
  expect(answer.items.filter(({ model }) => model === 'gpt-4o-mini')).toHaveLength(1)
})

test('cached input is cheaper only if the model has a rate for it', async () => {
  const cached = { ...FRESH, cachedInputTokens: 800, modelReturned: 'gpt-4o' }
  const models = { openai: ['gpt-4o', 'gpt-4o-mini', 'gpt-4-turbo'] }
  const answer = await compare([cached], { models })

  // 200 × $0.15 + 800 × $0.075 + 100 × $0.60
  expect(own(answer, 'gpt-4o-mini')).toMatchObject({ costNanoUsd: 150_000, hasCacheRate: true })
  // 1,000 × $10 + 100 × $30
  expect(own(answer, 'gpt-4-turbo')).toMatchObject({ costNanoUsd: 13_000_000, hasCacheRate: false })
})

test('each request is priced at its own length and day', async () => {
  const rates = {
    inputPerMTok: 1_000_000_000,
    cachedInputPerMTok: null,
    cacheWritePerMTok: null,
    outputPerMTok: 0,
    audioInputPerMTok: null,
    audioOutputPerMTok: null,
  }
  const price: PriceOverride = {
    id: 'p-1',
    version: 1,
    createdAt: AT,
    provider: 'openai',
    modelPattern: 'tiered',
    rates,
    tiers: [
      {
        serviceTier: null,
        threshold: { inputTokens: 5000, inclusive: true },
        rates: { ...rates, inputPerMTok: 2_000_000_000 },
      },
    ],
    perHourNanoUsd: null,
    effectiveFrom: '2026-11-02',
    effectiveTo: null,
    beatsReported: false,
    note: '',
  }
  const calls = [
    { ...FRESH, inputTokens: 4999 },
    { ...FRESH, inputTokens: 5000 },
    { ...FRESH, inputTokens: 10, startedAt: '2026-11-01T12:00:00.000Z' },
  ]
  const answer = await compare(calls, { models: { openai: ['tiered'] }, overrides: [price] })

  expect(own(answer, 'tiered')).toMatchObject({
    costNanoUsd: 4_999_000 + 10_000_000,
    unpricedCalls: 1,
    certainty: 'unknown',
    differenceNanoUsd: null,
    ratio: null,
  })
})

test('unknown prices are reported, not guessed', async () => {
  const answer = await compare(
    [
      FRESH,
      { inputTokens: null, outputTokens: null, costNanoUsd: null, certainty: 'unknown' },
      { inputTokens: null, outputTokens: null, costNanoUsd: 0, priceId: 'refused' },
    ],
    { models: { proxy: ['home-made-7b'], openai: ['gpt-4o-mini'] } },
  )

  expect(answer.leftOut).toEqual({ uncounted: 1, older: 0 })
  expect(answer.billed.calls).toBe(1)
  expect(own(answer, 'home-made-7b')).toBeUndefined()
  // No longer offered, but still the model that answered.
  expect(own(answer, 'gpt-4o')?.used).toBe(true)
})

test('models that their makers no longer sell are left out, those of the user are not', async () => {
  const names = async (now: string) => {
    const { items } = await compare([FRESH], { models: { openai: ['gpt-4'] }, now })
    return items.filter(({ from }) => from === 'list').map(({ model }) => model)
  }
  const before = await names('2026-12-10T12:00:00.000Z')
  const after = await names('2026-12-11T00:00:00.000Z')

  expect(before).not.toContain('claude-3-opus-latest')
  expect(before).not.toContain('kimi-k2')
  expect(before).toEqual(expect.arrayContaining(['gpt-5', 'claude-opus-4-6']))
  expect(before.filter((model) => !after.includes(model)).toSorted()).toEqual([
    'gpt-5',
    'gpt-5-mini',
    'gpt-5-nano',
    'gpt-5-pro',
    'o3',
    'o3-pro',
  ])
  // A provider still offers it, whatever the table says.
  expect(own(await compare([FRESH], { models: { openai: ['gpt-4'] } }), 'gpt-4')).toBeDefined()
})

test('a favourite is first, whoever sells it', async () => {
  const { items } = await compare([FRESH], { favorite: 'claude-opus-4-6' })
  expect(items.map(({ favorite, from }) => [favorite, from]).slice(0, 2)).toEqual([
    [true, 'list'],
    [false, 'own'],
  ])
})

test('every shutdown names a model of the price book', () => {
  const known = SHUT_DOWN_MODELS.filter((name) => {
    const [maker = '', model] = name.split('/')
    return modelsOf(maker).some(({ id }) => id === model)
  })
  expect(known).toEqual(SHUT_DOWN_MODELS)
})

test('a model with too small a window is marked', async () => {
  const answer = await compare([{ ...FRESH, inputTokens: 128_001 }])

  expect(own(answer, 'gpt-4o-mini')?.fits).toBe(false)
})

test('a conversation without requests has no models to compare', async () => {
  const answer = await compare([])

  expect(answer).toMatchObject({ billed: { calls: 0 }, items: [] })
})

test('comparing 2,000 requests with hundreds of models yields to the event loop', async () => {
  const calls = Array.from({ length: 2000 }, (_, at) => {
    const startedAt = new Date(Date.parse(AT) + at * 1_800_000).toISOString()
    return { ...sampleCall({ ...FRESH, startedAt }), inputTokens: at * 100, outputTokens: 10 }
  })
  const models = Array.from({ length: 300 }, (_, at) => ({
    target: { ...PROXY, provider: 'proxy' },
    model: at % 2 === 0 ? 'gpt-4o' : `unknown-${at}`,
    contextWindow: null,
  }))
  let turns = 0
  let next = setImmediate(function turn() {
    turns += 1
    next = setImmediate(turn)
  })
  const { items } = await whatIf(
    { calls, uncounted: 0, older: 0 },
    {
      own: models,
      overrides: [],
      isFavorite: () => false,
      now: new Date(AT),
    },
  )
  clearImmediate(next)

  expect(items.length).toBeGreaterThan(200)
  expect(turns).toBeGreaterThan(items.length)
})
