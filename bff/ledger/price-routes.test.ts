import { Hono } from 'hono'
import { describe, expect, onTestFinished, test } from 'vitest'
import {
  PriceBatch,
  PriceBook as PriceBookAnswer,
  PriceExport,
  PriceOverride,
  RepricePreview,
  type SetPriceInput,
} from '#shared/prices.ts'
import type { ModelCall } from '#shared/ledger.ts'
import type { Database } from '../db/open.ts'
import { Problem } from '../problem.ts'
import { openPriceBook } from './price-book.ts'
import type { PriceTarget } from './price-in-force.ts'
import { priceRoutes } from './price-routes.ts'
import { openRepricing } from './reprice.ts'
import { databaseWith } from './sample-call.ts'
import { callsOfRun, conversationTotals } from './store.ts'
import { correctCall } from './store-corrections.ts'
import { usageTotals } from './store-usage.ts'

const OPENAI: PriceTarget = { kind: 'configured', baseUrl: 'https://api.openai.com/v1' }
const PROXY: PriceTarget = { kind: 'configured', baseUrl: 'http://proxy.internal/v1' }
const TARGETS: Record<string, PriceTarget> = { openai: OPENAI, proxy: PROXY }

/** 1000 in and 100 out at 2.50 and 10 dollars: gpt-4o’s list price. */
const LISTED: Partial<ModelCall> = {
  inputTokens: 1000,
  outputTokens: 100,
  rawUsage: { prompt_tokens: 1000, completion_tokens: 100, total_tokens: 1100 },
  costNanoUsd: 3_500_000,
  priceId: 'list',
}
const UNPRICED: Partial<ModelCall> = {
  ...LISTED,
  provider: 'proxy',
  modelRequested: 'home-made-7b',
  modelReturned: 'home-made-7b',
  costNanoUsd: null,
  computedNanoUsd: null,
  certainty: 'unknown',
  priceId: null,
}
const ONE_AND_TWO = { inputPerMTok: 1_000_000_000, outputPerMTok: 2_000_000_000 }
const MINE: SetPriceInput = { modelPattern: 'gpt-4o*', rates: ONE_AND_TWO }
const MY_COST = 1000 * 1000 + 100 * 2000

interface Served {
  db: Database
  get: (path: string) => Promise<unknown>
  send: (method: string, path: string, body?: unknown) => Promise<Response>
}

async function withCalls(...calls: Partial<ModelCall>[]): Promise<Served> {
  const db = await databaseWith(calls)
  const book = await openPriceBook(db)
  const repricing = await openRepricing({
    db,
    book,
    targetOf: (name) => TARGETS[name] ?? null,
    onError: (error) => {
      throw error
    },
  })
  onTestFinished(() => repricing.stop())
  const app = new Hono().route('/', priceRoutes({ book, repricing }))
  app.onError((error) => (error instanceof Problem ? error.toResponse() : Response.error()))
  return {
    db,
    get: async (path) => (await app.request(path)).json(),
    send: async (method, path, body = {}) =>
      app.request(path, { method, body: JSON.stringify(body) }),
  }
}

async function setPrice({ send }: Served, price: SetPriceInput): Promise<PriceOverride> {
  const response = await send('POST', '/api/prices/overrides', price)
  expect(response.status).toBe(201)
  return PriceOverride.parse(await response.json())
}

async function previewOf({ send }: Served, filter: object = {}): Promise<RepricePreview> {
  const response = await send('POST', '/api/prices/reprice', { preview: true, ...filter })
  return RepricePreview.parse(await response.json())
}

async function reprice(served: Served, filter: object = {}): Promise<PriceBatch> {
  const response = await served.send('POST', '/api/prices/reprice', { preview: false, ...filter })
  expect(response.status).toBe(202)
  return settled(served, PriceBatch.parse(await response.json()))
}

async function undo(served: Served, { id }: PriceBatch): Promise<PriceBatch> {
  const response = await served.send('POST', `/api/prices/reprice/${id}/undo`)
  return settled(served, PriceBatch.parse(await response.json()))
}

async function settled({ get }: Served, { id }: PriceBatch): Promise<PriceBatch> {
  const read = async () => PriceBatch.parse(await get(`/api/prices/reprice/${id}`))
  await expect
    .poll(async () => (await read()).status, { timeout: 40_000 })
    .not.toMatch(/running|undoing/)
  return read()
}

async function costs(db: Database): Promise<(number | null)[]> {
  return (await callsOfRun(db, 'run-1')).map(({ costNanoUsd }) => costNanoUsd)
}

describe('the price book', () => {
  test('says how new its data is and where a second source disagrees', async () => {
    const { get } = await withCalls()
    const book = PriceBookAnswer.parse(await get('/api/prices'))
    expect(book.base).toMatchObject({ name: 'genai-prices', version: expect.any(String) })
    expect(book.base.newestPrice).toMatch(/^2026-/)
    const large = book.disagreements.find(({ model }) => model === 'mistral-large-latest')
    expect(large).toMatchObject({
      provider: 'mistral',
      base: { inputPerMTok: 2_000_000_000 },
      second: { inputPerMTok: 500_000_000 },
      difference: ['input', 'output'],
      date: '2026-06-30',
    })
    expect(book.disagreements.map(({ model }) => model)).not.toContain('gpt-4o')
  })

  test('prices are set, replaced and removed', async () => {
    const served = await withCalls()
    const { get, send } = served
    const { id, version } = await setPrice(served, MINE)
    expect(version).toBe(1)
    const changed = await send('PUT', `/api/prices/overrides/${id}`, { ...MINE, note: 'new' })
    expect(await changed.json()).toMatchObject({ id, version: 2, note: 'new' })
    expect(await get('/api/prices')).toMatchObject({ overrides: [{ id, version: 2 }] })
    expect((await send('DELETE', `/api/prices/overrides/${id}`)).status).toBe(204)
    expect(await get('/api/prices')).toMatchObject({ overrides: [] })
    for (const method of ['PUT', 'DELETE']) {
      const gone = await send(method, `/api/prices/overrides/${id}`, MINE)
      expect(await gone.json()).toMatchObject({ status: 404, code: 'price_not_found' })
    }
  })

  test.each([
    [{ modelPattern: '' }, /modelPattern/],
    [{ rates: { inputPerMTok: 1.5, outputPerMTok: 1 } }, /rates\.inputPerMTok/],
    [{ rates: { inputPerMTok: -1, outputPerMTok: 1 } }, /rates\.inputPerMTok/],
    [{ effectiveFrom: 'yesterday' }, /effectiveFrom/],
    [{ effectiveFrom: '2026-11-02', effectiveTo: '2026-11-01' }, /ends before it begins/],
    [{ tiers: [{ rates: ONE_AND_TWO }] }, /needs a service tier or a threshold/],
  ])('refuses %j and says what is wrong', async (wrong, words) => {
    const { send } = await withCalls()
    const response = await send('POST', '/api/prices/overrides', { ...MINE, ...wrong })
    expect(response.status).toBe(400)
    expect(await response.json()).toMatchObject({ detail: expect.stringMatching(words) })
  })

  test('what is exported can be imported, in the same order, beside or instead', async () => {
    const served = await withCalls()
    await setPrice(served, { ...MINE, note: 'older' })
    await setPrice(served, { ...MINE, note: 'newer', perHourNanoUsd: 7 })
    const file = PriceExport.parse(await served.get('/api/prices/export'))
    const notes = async (replace: boolean): Promise<string[]> => {
      const response = await served.send('POST', '/api/prices/import', { ...file, replace })
      const { overrides } = PriceBookAnswer.parse(await response.json())
      return overrides.map(({ note }) => note)
    }
    expect(await notes(true)).toEqual(['newer', 'older'])
    expect(await notes(false)).toEqual(['newer', 'older', 'newer', 'older'])
    expect(PriceExport.parse(await served.get('/api/prices/export')).overrides).toHaveLength(4)
  })
})

describe('pricing again', () => {
  test('changes nothing while nothing has changed', async () => {
    const served = await withCalls(LISTED, UNPRICED)
    expect(await previewOf(served)).toMatchObject({ rows: 2, changed: 0, conversations: [] })
  })

  test('a preview names every sum that would change, and changes none', async () => {
    const served = await withCalls(
      LISTED,
      { ...LISTED, conversationId: 'c-2' },
      { ...UNPRICED, conversationId: null },
    )
    await setPrice(served, MINE)
    await setPrice(served, { ...MINE, modelPattern: 'home-*', provider: 'proxy' })
    expect(await previewOf(served)).toMatchObject({
      rows: 3,
      changed: 3,
      before: { costNanoUsd: 7_000_000, unpricedCalls: 1, certainty: 'unknown' },
      after: { costNanoUsd: 3 * MY_COST, unpricedCalls: 0, certainty: 'computed' },
      conversations: [
        { conversationId: 'c-1', rows: 1, before: { costNanoUsd: 3_500_000 } },
        { conversationId: 'c-2', rows: 1, after: { costNanoUsd: MY_COST } },
        { title: 'No conversation', before: { costNanoUsd: null, unpricedCalls: 1 } },
      ],
    })
    expect(await costs(served.db)).toEqual([3_500_000, 3_500_000, null])
  })

  test('rows, totals and reasons follow, and all of it can be taken back', async () => {
    const served = await withCalls(LISTED, { ...LISTED, startedAt: '2026-11-03T12:00:00.000Z' })
    const override = await setPrice(served, MINE)
    const before = await conversationTotals(served.db, 'c-1')
    const batch = await reprice(served)
    expect(batch).toMatchObject({ status: 'done', changed: 2 })
    const [row] = await callsOfRun(served.db, 'run-1')
    expect(row).toMatchObject({
      costNanoUsd: MY_COST,
      priceId: `override:${override.id}@1`,
      price: { origin: 'override' },
    })
    for (const totals of [
      await conversationTotals(served.db, 'c-1'),
      await usageTotals(served.db, { from: null, to: null }),
    ]) {
      expect(totals).toMatchObject({ calls: 2, costNanoUsd: 2 * MY_COST })
    }

    expect(await undo(served, batch)).toMatchObject({ status: 'undone', changed: 0, kept: 0 })
    expect(await conversationTotals(served.db, 'c-1')).toEqual(before)
    expect((await callsOfRun(served.db, 'run-1'))[0]).toMatchObject({
      priceId: 'list',
      price: null,
    })
    expect(await served.get('/api/prices/reprice')).toMatchObject({ items: [{ id: batch.id }] })
  })

  test('only what was asked for', async () => {
    const served = await withCalls(LISTED, UNPRICED, {
      ...LISTED,
      startedAt: '2026-11-05T00:00:00.000Z',
    })
    await setPrice(served, { ...MINE, modelPattern: '*' })
    const changed = async (filter: object) => (await previewOf(served, filter)).changed
    expect(await changed({})).toBe(3)
    expect(await changed({ provider: 'proxy' })).toBe(1)
    expect(await changed({ model: 'gpt-4o' })).toBe(2)
    expect(await changed({ from: '2026-11-03' })).toBe(1)
    expect(await changed({ to: '2026-11-04' })).toBe(2)
    const wrong = await served.send('POST', '/api/prices/reprice', { from: 'once' })
    expect(wrong.status).toBe(400)
  })

  test('what the provider named stays, and what nobody can price any more too', async () => {
    const served = await withCalls(
      {
        ...LISTED,
        rawUsage: { ...USAGE, cost: 0.25 },
        costNanoUsd: 250_000_000,
        certainty: 'reported',
      },
      { ...UNPRICED, costNanoUsd: 77, certainty: 'computed', priceId: 'an older list' },
      { ...LISTED, provider: 'gone', costNanoUsd: 5 },
      { costNanoUsd: 0, priceId: 'refused', status: 'failed' },
    )
    expect((await previewOf(served)).changed).toBe(0)
  })

  test('a price that was set and taken away is gone from the row, too', async () => {
    const served = await withCalls(UNPRICED)
    const { id } = await setPrice(served, { ...MINE, modelPattern: 'home-*' })
    await reprice(served)
    expect(await costs(served.db)).toEqual([MY_COST])
    await served.send('DELETE', `/api/prices/overrides/${id}`)
    await reprice(served)
    expect(await costs(served.db)).toEqual([null])
  })

  test('an undo leaves alone what was changed again since', async () => {
    const served = await withCalls({ ...LISTED, id: 'changed-again' }, LISTED)
    await setPrice(served, MINE)
    const batch = await reprice(served)
    await served.db.transaction((trx) =>
      correctCall(trx, 'changed-again', { costNanoUsd: 9 }, 'finished_counting'),
    )
    expect(await undo(served, batch)).toMatchObject({ status: 'undone', changed: 1, kept: 1 })
    expect((await costs(served.db)).toSorted()).toEqual([3_500_000, 9])
  })

  test('an estimate stays one', async () => {
    const served = await withCalls({ ...LISTED, rawUsage: null, certainty: 'estimated' })
    await setPrice(served, MINE)
    await reprice(served)
    expect(await conversationTotals(served.db, 'c-1')).toMatchObject({
      costNanoUsd: MY_COST,
      certainty: 'estimated',
    })
  })

  test('many rows go in one batch, one batch at a time', async () => {
    const served = await withCalls(...Array.from({ length: 250 }, () => LISTED))
    await setPrice(served, MINE)
    const [first, second] = await Promise.all(
      [1, 2].map(() => served.send('POST', '/api/prices/reprice', { preview: false })),
    )
    const statuses = [first?.status, second?.status].toSorted()
    expect(statuses).toEqual([202, 409])
    const accepted = first?.status === 202 ? first : second
    const batch = await settled(served, PriceBatch.parse(await accepted?.json()))
    expect(batch).toMatchObject({ status: 'done', changed: 250 })
    expect(await conversationTotals(served.db, 'c-1')).toMatchObject({
      costNanoUsd: 250 * MY_COST,
    })
  })

  test('a batch that nobody has is a 404', async () => {
    const { send } = await withCalls()
    const response = await send('POST', '/api/prices/reprice/none/undo')
    expect(await response.json()).toMatchObject({ status: 404, code: 'price_batch_not_found' })
  })
})

const USAGE = { prompt_tokens: 1000, completion_tokens: 100, total_tokens: 1100 }
