import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import { Hono } from 'hono'
import { describe, expect, onTestFinished, test } from 'vitest'
import { Reconciliation } from '#shared/reconcile.ts'
import { databaseWith } from '../testing/ledger-calls.ts'
import { Problem } from '../http/problem.ts'
import { reconcileRoutes } from './routes.ts'

const KEY = 'sk-admin-0123456789'
const NOV_2 = Date.UTC(2026, 10, 2) / 1000
const DAYS = { from: '2026-11-02', to: '2026-11-03', provider: 'openai' }

const CALLS = [
  { startedAt: '2026-11-02T12:00:00.000Z', costNanoUsd: 5_000_000 },
  { startedAt: '2026-11-03T23:59:59.999Z', costNanoUsd: 2_000_000 },
  { startedAt: '2026-11-04T00:00:00.000Z', costNanoUsd: 9_000_000 },
  { startedAt: '2026-11-02T12:00:00.000Z', costNanoUsd: 1_000_000, provider: 'other' },
]

type Answer = { status?: number; body: unknown } | { text: string }

/** A fake OpenAI that answers by path and page. */
async function fakeOpenAi(answer: (url: URL) => Answer) {
  const asked: { url: URL; authorization: string | undefined }[] = []
  const server = createServer((request: IncomingMessage, response) => {
    const url = new URL(request.url ?? '', 'http://openai')
    asked.push({ url, authorization: request.headers.authorization })
    const said = answer(url)
    response.writeHead('status' in said ? (said.status ?? 200) : 200)
    response.end('text' in said ? said.text : JSON.stringify(said.body))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => void server.close())
  const address = server.address()
  const port = typeof address === 'object' ? address?.port : 0
  return { baseUrl: `http://127.0.0.1:${port}/v1`, asked }
}

async function served(openAiAdminUrl = 'http://127.0.0.1:9/v1') {
  const app = new Hono().route(
    '/',
    reconcileRoutes({ db: await databaseWith(CALLS), openAiAdminUrl }),
  )
  app.onError((error) => (error instanceof Problem ? error.toResponse() : Response.error()))
  return async (path: string, body: unknown) =>
    app.request(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
}

const bucket = (start: number, ...results: unknown[]) => ({ start_time: start, results })
const line = (line_item: string, value: number | string) => ({
  amount: { value, currency: 'usd' },
  line_item,
})
const page = (data: unknown[], next: string | null = null) => ({
  body: { object: 'page', data, has_more: next !== null, next_page: next },
})

describe('uploaded rows', () => {
  test('are compared with the ledger of their provider, within their days', async () => {
    const post = await served()
    const row = { calls: 1, inputTokens: null, outputTokens: null, model: 'gpt-4o' }
    const rows = [
      { ...row, day: '2026-11-02', costNanoUsd: 5_000_000 },
      { ...row, day: '2026-11-04', costNanoUsd: 9_000_000 },
    ]
    const answer = await post('/api/reconcile', { ...DAYS, rows })
    const { rows: found, ours, theirs } = Reconciliation.parse(await answer.json())
    expect(found.map(({ day, status }) => [day, status])).toEqual([
      ['2026-11-03', 'only_ours'],
      ['2026-11-02', 'same'],
    ])
    expect([ours.costNanoUsd, theirs.costNanoUsd]).toEqual([7_000_000, 5_000_000])

    const all = await post('/api/reconcile', { ...DAYS, provider: null, rows: [] })
    expect(Reconciliation.parse(await all.json()).ours.costNanoUsd).toBe(8_000_000)
  })

  test.each([
    ['a day that is none', { ...DAYS, from: 'yesterday', rows: [] }, /give a day/],
    ['a day that does not exist', { ...DAYS, from: '2026-13-02', rows: [] }, /^from/],
    ['days in the wrong order', { ...DAYS, from: '2026-11-09', rows: [] }, /lies after/],
    ['too many days', { ...DAYS, from: '2020-01-01', rows: [] }, /400 days/],
    ['an amount below zero', { ...DAYS, rows: [{ day: '2026-11-02', costNanoUsd: -1 }] }, /rows/],
  ])('%s is refused', async (_what, body, sentence) => {
    const answer = await (await served())('/api/reconcile', body)
    expect(answer.status).toBe(400)
    expect(await answer.json()).toMatchObject({
      code: 'bad_request',
      detail: expect.stringMatching(sentence),
    })
  })
})

describe('OpenAI’s own figures', () => {
  test('are read page by page, exactly, with only the key', async () => {
    const { baseUrl, asked } = await fakeOpenAi(({ pathname, searchParams }) => {
      if (pathname.endsWith('/completions')) {
        return page([
          bucket(NOV_2, {
            model: 'gpt-4o-2024-08-06',
            num_model_requests: 3,
            input_tokens: 70,
            output_tokens: 7,
          }),
        ])
      }
      return searchParams.get('page') === null
        ? page([bucket(NOV_2, line('gpt-4o-2024-08-06, input', 0.0030000004))], 'second')
        : {
            // An amount that no float can hold.
            text: `{"data":[{"start_time":${NOV_2},"results":[{"amount":{"value":0.00200000019999999999999,"currency":"usd"},"line_item":"gpt-4o-2024-08-06, output"}]},{"start_time":${NOV_2 + 86_400},"results":[{"amount":{"value":"0.000000000","currency":"usd"},"line_item":"web search"}]}],"has_more":false,"next_page":null}`,
          }
    })
    const post = await served(baseUrl)
    const answer = await post('/api/reconcile/openai', { ...DAYS, adminKey: KEY })
    const text = await answer.text()
    expect(text).not.toContain(KEY)
    const { rows, theirs } = Reconciliation.parse(JSON.parse(text))
    expect(rows.find(({ day }) => day === '2026-11-02')).toMatchObject({
      model: 'gpt-4o',
      status: 'same',
      theirs: { costNanoUsd: 5_000_001, calls: 3, inputTokens: 70, outputTokens: 7 },
    })
    expect(theirs.costNanoUsd).toBe(5_000_001)

    expect(asked.map(({ authorization }) => authorization)).toEqual(Array(3).fill(`Bearer ${KEY}`))
    const [costs] = asked
    expect(costs?.url.pathname).toBe('/v1/organization/costs')
    expect(Object.fromEntries(costs?.url.searchParams ?? [])).toEqual({
      start_time: String(NOV_2),
      end_time: String(NOV_2 + 2 * 86_400),
      bucket_width: '1d',
      limit: '180',
      'group_by[]': 'line_item',
    })
  })

  test.each([
    ['a key that is none', { status: 401, body: { error: KEY } }, 400, /does not take this key/],
    ['a key without the right', { status: 403, body: {} }, 400, /may not read usage/],
    ['too many requests', { status: 429, body: {} }, 502, /try again in a minute/],
    ['a failure', { status: 500, body: {} }, 502, /status 500/],
    ['another language', { text: `<html>${KEY}` }, 502, /form that is not known/],
    [
      'a day that no calendar has',
      page([bucket(1e15, line('gpt-4o, input', 1))]),
      502,
      /not known/,
    ],
    ['another shape', { body: { data: [{ results: 1 }] } }, 502, /form that is not known/],
    [
      'another currency',
      page([bucket(NOV_2, { amount: { value: 1, currency: 'eur' }, line_item: 'gpt-4o, input' })]),
      502,
      /no dollars/,
    ],
  ])('%s is told in a sentence, without the key', async (_what, said, status, sentence) => {
    const { baseUrl } = await fakeOpenAi(({ pathname }) =>
      pathname.endsWith('/completions') ? page([]) : said,
    )
    const answer = await (
      await served(baseUrl)
    )('/api/reconcile/openai', { ...DAYS, adminKey: KEY })
    const text = await answer.text()
    expect([answer.status, text]).toEqual([status, expect.stringMatching(sentence)])
    expect(text).not.toContain(KEY)
  })

  test('a server that does not answer, and endless pages, are reported', async () => {
    const gone = await (await served())('/api/reconcile/openai', { ...DAYS, adminKey: KEY })
    expect(await gone.json()).toMatchObject({
      code: 'openai_unreachable',
      detail: expect.stringContaining('127.0.0.1:9 does not answer'),
    })
    const { baseUrl, asked } = await fakeOpenAi(() => page([], 'again'))
    const endless = await (
      await served(baseUrl)
    )('/api/reconcile/openai', { ...DAYS, adminKey: KEY })
    expect(endless.status).toBe(502)
    expect(asked.length).toBeLessThanOrEqual(200)
  })

  test('a key that is not a valid header is refused before any request', async () => {
    const { baseUrl, asked } = await fakeOpenAi(() => page([]))
    const post = await served(baseUrl)
    const answer = await post('/api/reconcile/openai', { ...DAYS, adminKey: 'sk\r\nx: y' })
    expect(answer.status).toBe(400)
    expect(await answer.text()).not.toContain('x: y')
    expect(asked).toEqual([])
  })
})
