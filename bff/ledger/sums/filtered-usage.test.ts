// A filter gives the same result in totals, groups, days, calls and files, checked against sums
// computed by hand.
import { Hono } from 'hono'
import { expect, onTestFinished, test } from 'vitest'
import * as z from 'zod/mini'
import { UsageBy, UsageSummary } from '#shared/api.ts'
import { addCall, addTotals, ModelCall, NO_CALLS, type Totals } from '#shared/ledger.ts'
import { UsageCalls } from '#shared/usage.ts'
import { createHttpServer } from '../../serve/http-server.ts'
import { createLog } from '../../log/log.ts'
import { Problem } from '../../http/problem.ts'
import { csvParts } from '../export/export-ledger.ts'
import { ledgerRoutes } from '../routes.ts'
import { databaseWith, sampleCall } from '../../testing/ledger-calls.ts'

const CALLS = Array.from({ length: 60 }, (_, n) =>
  sampleCall({
    id: `call-of-${n}`,
    startedAt: `2026-11-0${1 + (n % 5)}T0${n % 9}:00:00.000Z`,
    conversationId: n % 7 === 0 ? null : `c-${n % 4}`,
    modelRequested: 'asked',
    modelReturned: n % 3 === 0 ? null : `model-${n % 3}`,
    provider: n % 2 === 0 ? 'openai' : 'local',
    agent: n % 4 === 0 ? null : 'assistant',
    purpose: n % 5 === 0 ? 'title' : 'chat',
    costNanoUsd: n % 11 === 0 ? null : 100 + n,
    certainty: n % 11 === 0 ? 'unknown' : n % 13 === 0 ? 'estimated' : 'computed',
  }),
)

const FILTERS: [Record<string, string>, (call: ModelCall) => boolean][] = [
  [{ conversation: 'c-2' }, (call) => call.conversationId === 'c-2'],
  [{ conversation: '' }, (call) => call.conversationId === null],
  [{ model: 'model-1' }, (call) => call.modelReturned === 'model-1'],
  [{ model: 'asked' }, (call) => call.modelReturned === null],
  [{ agent: '' }, (call) => call.agent === null],
  [
    { provider: 'local', purpose: 'chat' },
    (call) => call.provider === 'local' && call.purpose === 'chat',
  ],
  [
    { conversation: 'c-1', model: 'model-2' },
    (call) => call.conversationId === 'c-1' && call.modelReturned === 'model-2',
  ],
  [{ provider: 'nobody' }, () => false],
]

const PERIODS: [string, (call: ModelCall) => boolean][] = [
  ['', () => true],
  ['from=2026-11-02&to=2026-11-03', ({ startedAt }) => /-0[23]T/.test(startedAt)],
  [
    'from=2026-11-02T03:00:00Z&to=2026-11-04T02:00:00Z',
    ({ startedAt }) => startedAt >= '2026-11-02T03' && startedAt < '2026-11-04T02',
  ],
]

async function served() {
  const app = new Hono().route(
    '/',
    ledgerRoutes({ db: await databaseWith(CALLS), isCounting: () => false }),
  )
  app.onError((error) => (error instanceof Problem ? error.toResponse() : Response.error()))
  return async (path: string, query: string) => app.request(`${path}?${query}`)
}

const cases = FILTERS.flatMap(([filter, isIn]) =>
  PERIODS.map(([period, isThen]) => {
    const query = [String(new URLSearchParams(filter)), period].join('&')
    return { query, calls: CALLS.filter((call) => isIn(call) && isThen(call)) }
  }),
)
const sum = (calls: ModelCall[]): Totals => calls.reduce(addCall, NO_CALLS)
const ids = (calls: ModelCall[]) => calls.map(({ id }) => id).toSorted()

test('totals, groups and days are the sums of the filtered calls', async () => {
  const get = await served()
  for (const { query, calls } of cases) {
    for (const by of UsageBy.options) {
      const series = by === 'day' ? '' : '&series=day'
      const response = await get('/api/usage/summary', `${query}&by=${by}${series}`)
      const summary = UsageSummary.parse(await response.json())
      const what = `${query} by ${by}`
      expect(summary.totals, what).toEqual(sum(calls))
      const groups = summary.groups.map(({ totals }) => totals)
      expect(groups.reduce(addTotals, NO_CALLS), what).toEqual(sum(calls))
      for (const { key, totals } of summary.groups) {
        expect(totals, what).toEqual(sum(calls.filter((call) => keyOf(by, call) === key)))
      }
      const costs = groups.map(({ costNanoUsd }) => costNanoUsd ?? -1)
      expect(costs, what).toEqual(costs.toSorted((a, b) => b - a))
      const parts = (summary.series ?? []).flatMap((day) => day.groups)
      const drawn = parts.reduce((all, { costNanoUsd }) => all + (costNanoUsd ?? 0), 0)
      expect(drawn, what).toBe(by === 'day' ? 0 : (sum(calls).costNanoUsd ?? 0))
    }
  }
})

test('pages of calls and files hold each filtered call once', async () => {
  const get = await served()
  for (const { query, calls } of cases) {
    const found: ModelCall[] = []
    for (let cursor: string | null = ''; cursor !== null;) {
      const more = cursor === '' ? '' : `&cursor=${cursor}`
      const response = await get('/api/usage/calls', `${query}&limit=7${more}`)
      const page = UsageCalls.parse(await response.json())
      found.push(...page.items)
      cursor = page.nextCursor
    }
    expect(ids(found), query).toEqual(ids(calls))
    const times = found.map(({ startedAt }) => startedAt)
    expect(times, query).toEqual(times.toSorted().toReversed())

    const json = await (await get('/api/usage/export.json', query)).json()
    expect(ids(z.array(ModelCall).parse(json)), query).toEqual(ids(calls))
    const csv = await (await get('/api/usage/export.csv', query)).text()
    expect(csv.match(/call-of-\d+/g)?.toSorted() ?? [], query).toEqual(ids(calls))
  }
})

test('an invalid cursor and too large a limit are refused', async () => {
  const get = await served()
  const refusals = [
    ['cursor=nowhere', 'invalid_cursor'],
    ['limit=1000', 'bad_request'],
    ['limit=0', 'bad_request'],
  ]
  for (const [query = '', code] of refusals) {
    const response = await get('/api/usage/calls', query)
    expect(response.status).toBe(400)
    expect(await response.json()).toMatchObject({ code })
  }
})

test('an error that breaks off a file is logged by its kind, without its message', async () => {
  const lines: string[] = []
  const log = createLog({ write: (line) => void lines.push(line) })
  const db = await databaseWith(CALLS)
  const broken = {
    ...db,
    get kysely(): never {
      throw new Error('a secret of the disk')
    },
  }
  expect(() => csvParts(broken, { from: null, to: null })).not.toThrow()
  const routes = ledgerRoutes({
    db: broken,
    isCounting: () => false,
    onError: (error) => log.fault(error, 'export'),
  })
  const server = createHttpServer({ fetch: (request) => routes.fetch(request) }, log).listen(0)
  onTestFinished(() => void server.close())
  const address = server.address()
  const port = typeof address === 'object' ? address?.port : 0
  const response = await fetch(`http://127.0.0.1:${port}/api/usage/export.csv`)
  const text = await response.text().catch((error: unknown) => String(error))

  expect(text).not.toContain('secret')
  expect(lines.join('')).not.toContain('secret')
  expect(lines.join('')).toContain('"at":"export"')
})

function keyOf(by: UsageBy, call: ModelCall): string {
  switch (by) {
    case 'conversation':
      return call.conversationId ?? ''
    case 'model':
      return call.modelReturned ?? call.modelRequested
    case 'provider':
      return call.provider
    case 'agent':
      return call.agent ?? ''
    case 'purpose':
      return call.purpose
    case 'day':
      return call.startedAt.slice(0, 10)
  }
}
