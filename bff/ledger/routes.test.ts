import { Hono } from 'hono'
import { describe, expect, test } from 'vitest'
import { Receipt, UsageSummary } from '#shared/api.ts'
import type { ModelCall } from '#shared/ledger.ts'
import type { Database } from '../db/open.ts'
import { Problem } from '../http/problem.ts'
import { addConversation } from '../testing/conversation.ts'
import { ledgerRoutes } from './routes.ts'
import { databaseWith } from '../testing/ledger-calls.ts'
import { correctCall } from './calls/correction-store.ts'

type Get = (path: string) => Promise<Response>

async function withCalls(...calls: Partial<ModelCall>[]): Promise<{ db: Database; get: Get }> {
  const db = await databaseWith(calls)
  const app = new Hono().route('/', ledgerRoutes({ db, isCounting: () => false }))
  app.onError((error) => (error instanceof Problem ? error.toResponse() : Response.error()))
  return { db, get: async (path) => app.request(path) }
}

async function summary(get: Get, query: string): Promise<UsageSummary> {
  return UsageSummary.parse(await (await get(`/api/usage/summary${query}`)).json())
}

describe('the receipt', () => {
  test('has the rows of the run in the order in which they started, and their sum', async () => {
    const { get } = await withCalls(
      { startedAt: '2026-11-02T12:00:01.000Z', purpose: 'title' },
      { startedAt: '2026-11-02T12:00:00.000Z' },
      { runId: 'run-2' },
    )
    const receipt = Receipt.parse(await (await get('/api/runs/run-1/calls')).json())
    expect(receipt.items.map(({ purpose }) => purpose)).toEqual(['chat', 'title'])
    expect(receipt.items[0]?.rawUsage).toEqual({ prompt_tokens: 10 })
    expect(receipt.totals).toMatchObject({ calls: 2, inputTokens: 20, costNanoUsd: 2000 })
  })

  test('says when its conversation was deleted', async () => {
    const { db, get } = await withCalls(
      { runId: 'run-1', conversationId: 'c-1' },
      { runId: 'run-2', conversationId: 'c-2' },
      { runId: 'run-3', conversationId: null },
    )
    await addConversation(db, 'c-1', 'About cats')
    await addConversation(db, 'c-2', 'About dogs', '2026-11-03T00:00:00.000Z')
    const deleted = async (run: string) =>
      Receipt.parse(await (await get(`/api/runs/${run}/calls`)).json()).deleted
    expect(await deleted('run-1')).toBeUndefined()
    expect(await deleted('run-2')).toBe(true)
    expect(await deleted('run-3')).toBeUndefined()
  })

  test('lists the corrections of a row', async () => {
    const { db, get } = await withCalls({ id: 'corrected', costNanoUsd: 900 }, {})
    await db.transaction((trx) => correctCall(trx, 'corrected', { costNanoUsd: 400 }, 'reprice'))
    const { items, totals } = Receipt.parse(await (await get('/api/runs/run-1/calls')).json())
    const [row] = items.filter(({ id }) => id === 'corrected')
    expect(row?.corrections).toMatchObject([{ reason: 'reprice', costBefore: 900, costAfter: 400 }])
    expect(items.filter(({ corrections }) => corrections === undefined)).toHaveLength(1)
    expect(totals.costNanoUsd).toBe(1400)
  })

  test('of an unknown run is a 404', async () => {
    const { get } = await withCalls()
    const response = await get('/api/runs/none/calls')
    expect(response.status).toBe(404)
    expect(await response.json()).toMatchObject({ code: 'run_not_found' })
  })
})

describe('the usage summary', () => {
  test('without calls has zero calls', async () => {
    const { get } = await withCalls()
    expect(await summary(get, '?by=model')).toMatchObject({
      from: null,
      to: null,
      totals: { calls: 0, costNanoUsd: 0, certainty: 'reported' },
      groups: [],
    })
  })

  test.each([
    ['conversation', ['c-1', 'c-2']],
    ['model', ['gpt-4o-2024-08-06', 'llama']],
    ['provider', ['openai', 'local']],
    ['agent', ['assistant', '']],
    ['purpose', ['chat', 'title']],
    ['day', ['2026-11-02', '2026-11-03']],
  ])('groups by %s, dearest first, whole days and pieces of days alike', async (by, keys) => {
    const { get } = await withCalls(
      {},
      {},
      {
        conversationId: 'c-2',
        modelRequested: 'llama',
        modelReturned: null,
        provider: 'local',
        agent: null,
        purpose: 'title',
        startedAt: '2026-11-03T12:00:00.000Z',
        costNanoUsd: null,
        certainty: 'unknown',
      },
    )
    const whole = await summary(get, `?by=${by}`)
    expect(whole.groups.map(({ key }) => key)).toEqual(keys)
    expect(whole.groups[0]?.totals).toMatchObject({
      calls: 2,
      costNanoUsd: 2000,
      certainty: 'computed',
    })
    expect(whole.groups[1]?.totals).toMatchObject({ calls: 1, costNanoUsd: null, unpricedCalls: 1 })
    expect(whole.totals).toMatchObject({
      calls: 3,
      costNanoUsd: 2000,
      certainty: 'unknown',
      unpricedCalls: 1,
    })
    const pieces = await summary(get, `?by=${by}&from=2026-11-02T06:00:00Z&to=2026-11-03T18:00:00Z`)
    expect(pieces.groups).toEqual(whole.groups)
    expect(pieces.totals).toEqual(whole.totals)
  })

  test('holds the calls that started at or after `from` and before `to`', async () => {
    const { get } = await withCalls(
      { startedAt: '2026-11-02T12:00:00.000Z' },
      { startedAt: '2026-11-02T13:00:00.000Z' },
      { startedAt: '2026-11-04T00:00:00.000Z' },
    )
    const calls = async (query: string): Promise<number> => (await summary(get, query)).totals.calls
    expect(await calls('?from=2026-11-02T12:00:00Z&to=2026-11-02T13:00:00Z')).toBe(1)
    expect(await calls('?from=2026-11-02T12:00:00.001Z')).toBe(2)
    expect(await calls('?from=2026-11-02&to=2026-11-02')).toBe(2)
    expect(await calls('?to=2026-11-04T00:00:00Z')).toBe(2)
    expect(await calls('?from=2026-11-03&to=2026-11-03')).toBe(0)
  })

  test('names conversations by their titles, and marks deleted ones', async () => {
    const { db, get } = await withCalls(
      { conversationId: 'kept', costNanoUsd: 4 },
      { conversationId: 'gone', costNanoUsd: 3 },
      { conversationId: 'being-deleted', costNanoUsd: 2 },
      { conversationId: null, costNanoUsd: 1 },
    )
    await addConversation(db, 'kept', 'About cats')
    await addConversation(db, 'being-deleted', 'About dogs', '2026-11-02T00:00:00.000Z')
    const { groups } = await summary(get, '?by=conversation')
    expect(groups.map(({ label }) => label)).toEqual([
      'About cats',
      'Deleted conversation',
      'Deleted conversation',
      'No conversation',
    ])
    expect(groups.map(({ deleted }) => deleted)).toEqual([undefined, true, true, undefined])
  })

  test('splits each day into the groups of the period, most expensive first', async () => {
    const { get } = await withCalls(
      { startedAt: '2026-11-02T12:00:00.000Z', provider: 'small', costNanoUsd: 5 },
      { startedAt: '2026-11-02T23:59:59.999Z', provider: 'large', costNanoUsd: 9 },
      {
        startedAt: '2026-11-04T01:00:00.000Z',
        provider: 'small',
        costNanoUsd: null,
        certainty: 'unknown',
      },
    )
    const { series } = await summary(get, '?by=provider&series=day&to=2026-11-04T02:00:00Z')
    expect(series).toMatchObject([
      {
        day: '2026-11-02',
        groups: [
          { key: 'large', label: 'large', costNanoUsd: 9, certainty: 'computed', tokens: 11 },
          { key: 'small', label: 'small', costNanoUsd: 5 },
        ],
      },
      { day: '2026-11-04', groups: [{ key: 'small', costNanoUsd: null, unpricedCalls: 1 }] },
    ])
  })

  test('shows six groups in a series and sums up the rest', async () => {
    const { get } = await withCalls(
      ...Array.from({ length: 9 }, (_, n) => ({ provider: `p-${n}`, costNanoUsd: 100 - n })),
    )
    const { series, totals } = await summary(get, '?by=provider&series=day')
    const parts = series?.[0]?.groups ?? []
    expect(parts).toHaveLength(7)
    expect(parts.at(-1)).toMatchObject({ key: 'others', label: 'Others', costNanoUsd: 279 })
    expect(parts.reduce((sum, { costNanoUsd }) => sum + (costNanoUsd ?? 0), 0)).toBe(
      totals.costNanoUsd,
    )
  })

  test('has a series only when asked for one', async () => {
    const { get } = await withCalls({})
    expect(await summary(get, '?by=model')).not.toHaveProperty('series')
  })

  test('refuses what it cannot group by and times it cannot read', async () => {
    const { get } = await withCalls()
    for (const query of [
      '?by=weather',
      '?from=yesterday',
      '?series=day',
      '?by=model&series=hour',
    ]) {
      const response = await get(`/api/usage/summary${query}`)
      expect(response.status).toBe(400)
      expect(await response.json()).toMatchObject({ code: 'bad_request' })
    }
  })
})
