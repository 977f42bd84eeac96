import { Hono } from 'hono'
import { expect, test } from 'vitest'
import { UsageSummary } from '#shared/api.ts'
import type { Database } from '../../db/open.ts'
import { temporaryDatabase } from '../../testing/temporary-database.ts'
import { Problem } from '../../http/problem.ts'
import { ledgerRoutes } from '../routes.ts'

interface Day {
  day: string
  tool: string
  uses?: number
  tokens?: number
  reads?: number
  unpriced_reads?: number
  cost_nano_usd?: number
}

async function withDays(...days: Day[]) {
  const db = await temporaryDatabase()
  await fill(db, days)
  const app = new Hono().route('/', ledgerRoutes({ db, isCounting: () => false }))
  app.onError((error) => (error instanceof Problem ? error.toResponse() : Response.error()))
  return async (query = '') => app.request(`/api/usage/summary?by=tool${query}`)
}

async function fill(db: Database, days: Day[]): Promise<void> {
  await db.transaction(async (trx) => {
    for (const day of days) await trx.insertInto('tool_days').values(day).execute()
  })
}

async function groups(response: Response): Promise<UsageSummary['groups']> {
  return UsageSummary.parse(await response.json()).groups
}

test('tools have uses, result tokens and their share of input cost, highest first', async () => {
  const get = await withDays(
    { day: '2026-11-01', tool: 'search', uses: 2, tokens: 300, reads: 4, cost_nano_usd: 50 },
    { day: '2026-11-02', tool: 'search', reads: 1, cost_nano_usd: 7 },
    { day: '2026-11-02', tool: 'fetch', uses: 1, tokens: 900, reads: 2, cost_nano_usd: 400 },
  )
  expect(await groups(await get())).toMatchObject([
    { key: 'fetch', totals: { calls: 1, inputTokens: 900, costNanoUsd: 400 } },
    {
      key: 'search',
      label: 'search',
      totals: { calls: 2, inputTokens: 300, costNanoUsd: 57, certainty: 'estimated' },
    },
  ])
})

test('an unknown price is not zero', async () => {
  const get = await withDays(
    { day: '2026-11-01', tool: 'search', uses: 1, reads: 2, unpriced_reads: 2 },
    { day: '2026-11-01', tool: 'fetch', reads: 2, unpriced_reads: 1, cost_nano_usd: 9 },
    { day: '2026-11-01', tool: 'unread', uses: 1 },
  )
  const found = new Map((await groups(await get())).map(({ key, totals }) => [key, totals]))
  expect(found.get('search')).toMatchObject({ costNanoUsd: null, certainty: 'unknown' })
  expect(found.get('fetch')).toMatchObject({ costNanoUsd: 9, unpricedCalls: 1 })
  expect(found.get('unread')).toMatchObject({ costNanoUsd: 0, certainty: 'estimated' })
})

test('every day that the period touches counts, and no other', async () => {
  const get = await withDays(
    { day: '2026-11-01', tool: 'a', uses: 1 },
    { day: '2026-11-02', tool: 'b', uses: 1 },
    { day: '2026-11-03', tool: 'c', uses: 1 },
  )
  const keys = async (query: string) => (await groups(await get(query))).map(({ key }) => key)
  expect(await keys('&from=2026-11-02T00:00:00Z&to=2026-11-03T00:00:00Z')).toEqual(['b'])
  expect(await keys('&from=2026-11-01T23:00:00Z&to=2026-11-03T00:00:01Z')).toEqual(['a', 'b', 'c'])
})

test('tools support neither a filter nor a series, and the answer says so', async () => {
  const get = await withDays()
  for (const query of ['&model=gpt-4o', '&series=day']) {
    const response = await get(query)
    expect(response.status).toBe(400)
    expect(await response.json()).toMatchObject({ detail: expect.stringMatching(/by|series/) })
  }
})
