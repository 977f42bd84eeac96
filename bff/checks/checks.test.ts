import { once } from 'node:events'
import { createServer } from 'node:http'
import { LLMock } from '@copilotkit/aimock'
import { describe, expect, onTestFinished, test } from 'vitest'
import type { CheckReport } from '#shared/checks.ts'
import type { Answer } from '../../e2e/fake-answer.ts'
import { refusingBaseUrl, type Script, startFakeUpstream } from '../../e2e/fake-upstream.ts'
import { temporaryFolder } from '../testing/temporary-database.ts'
import { checksOver, MODEL, SECRET } from '../testing/checks.ts'

async function upstreamWith(script: Script) {
  const upstream = await startFakeUpstream(script)
  onTestFinished(() => upstream.close())
  return upstream
}

const verdictsOf = (card: CheckReport | null) =>
  Object.fromEntries((card?.findings ?? []).map(({ finding, verdict }) => [finding, verdict]))

const LONG = 'one two three four five six seven eight nine ten '.repeat(8)
const NOTHING_REPORTED: Answer = { usage: null, quirks: ['whole_calls', 'no_tool_index'] }

describe.for(['chat_completions', 'responses'] as const)('on %s', (api) => {
  test('an independent mock of the API is found to be what it is', async () => {
    const mock = new LLMock({ port: 0, chunkSize: 5 })
    await mock.start()
    onTestFinished(() => mock.stop())
    mock.onMessage('9.11', { content: LONG, reasoning: 'Digit by digit.' })
    mock.onMessage('small boat', { content: 'OK' })
    mock.onMessage('17 * 23', {
      toolCalls: [
        { name: 'calculate', arguments: '{"expression":"17 * 23"}' },
        { name: 'current_time', arguments: '{"timeZone":"Asia/Tokyo"}' },
      ],
    })
    mock.onMessage('five hundred', { content: LONG })
    mock.onMessage('one word OK', { content: 'OK' })
    mock.onMessage('title', { content: '{"title":"Boats at rest"}' })
    const { make, rows } = await checksOver(`${mock.url}/v1`, { api })
    const { card, running } = await make()

    expect(running).toBeNull()
    expect(verdictsOf(card)).toMatchObject({
      models: 'yes',
      streaming: 'yes',
      reasoning: 'yes',
      tool_arguments: 'yes',
      tool_indexes: 'yes',
      parallel_tools: 'yes',
      stop: 'yes',
      json_mode: 'yes',
      count_endpoint: 'no',
      cost: 'no',
    })
    expect(rows.map(({ purpose, status }) => `${purpose} ${status}`)).toEqual([
      ...Array.from({ length: 4 }, () => 'check completed'),
      'check stopped',
      'check completed',
      'check completed',
      'check failed',
    ])
    expect(card?.totals.calls).toBe(rows.length)
  })

  test('what a server refuses or leaves out is found, and costs what it costs', async () => {
    const upstream = await upstreamWith(({ body }) => {
      if ('response_format' in body || 'text' in body) return { status: 400 }
      if ('tools' in body) {
        return { status: 400, errorBody: { error: { message: `${MODEL} does not support tools` } } }
      }
      return { ...NOTHING_REPORTED, parts: [{ text: LONG }] }
    })
    const { make, rows } = await checksOver(upstream.baseUrl, { api })
    const { card } = await make()

    expect(verdictsOf(card)).toMatchObject({
      streaming: 'yes',
      usage: 'no',
      cached_tokens: 'no',
      tool_arguments: 'no',
      parallel_tools: 'no',
      json_mode: 'no',
    })
    expect(card?.capabilities).toMatchObject({ reportsUsage: 'no', tools: false, jsonMode: 'no' })
    expect(card?.totals.certainty).toBe('estimated')
    const refused = rows.filter(({ status }) => status === 'failed')
    expect(refused.map(({ costNanoUsd }) => costNanoUsd)).toEqual([0, 0, 0])
  })
})

test('a kept connection that the server has closed costs a check nothing', async () => {
  const upstream = await upstreamWith({ parts: [{ text: LONG }], breaksWhenKept: true })
  const { make, rows } = await checksOver(upstream.baseUrl, { api: 'responses' })
  const { card } = await make({ probes: ['answer', 'repeat', 'json'] })

  expect(upstream.resets).toBeGreaterThan(0)
  expect(verdictsOf(card)).toMatchObject({ streaming: 'yes', usage: 'yes', cached_tokens: 'yes' })
  expect(rows).toHaveLength(4)
  // The rows come out of the database.
  expect(rows.filter(({ flags }) => flags?.includes('resent'))).toHaveLength(upstream.resets)
})

test('the price of each probe is said before, and nothing is sent for that', async () => {
  const upstream = await upstreamWith({})
  const { read } = await checksOver(upstream.baseUrl)
  const { plan, card, model } = await read()

  expect(card).toBeNull()
  expect(model).toBe(MODEL)
  expect(plan.map(({ probe, requests, freeRequests }) => [probe, requests, freeRequests])).toEqual([
    ['models', 0, 0],
    ['answer', 1, 0],
    ['repeat', 2, 0],
    ['tools', 1, 0],
    ['stop', 2, 0],
    ['json', 1, 0],
    ['count', 1, 1],
  ])
  expect(
    plan
      .filter(({ requests }) => requests > 0)
      .map(({ atMostNanoUsd }) => Number(atMostNanoUsd) > 0),
  ).toEqual([true, true, true, true, true, false])
  expect(plan[2]?.inputTokens).toBeGreaterThan(2 * 1024)
  expect(upstream.calls).toHaveLength(0)
})

test('only what was chosen is asked, and what was found before stays', async () => {
  const upstream = await upstreamWith({ parts: [{ text: LONG }] })
  const folder = temporaryFolder()
  const { make, reports } = await checksOver(upstream.baseUrl, { folder })
  await make({ probes: ['answer'] })
  expect(upstream.calls).toHaveLength(1)
  const { card } = await make({ probes: ['models'] })

  expect(upstream.calls).toHaveLength(1)
  expect(card?.findings.map(({ finding }) => finding)).toEqual([
    'models',
    'streaming',
    'usage',
    'cost',
    'reasoning',
    'speed',
  ])
  const at = { name: 'fake', baseUrl: upstream.baseUrl }
  expect(reports.known(at, MODEL)).toMatchObject({ reportsUsage: 'final' })
  expect(reports.known(at, 'another')).toBeNull()
  expect(reports.known({ ...at, baseUrl: 'http://127.0.0.1:9/v1' }, MODEL)).toBeNull()
})

test('what is no longer known is forgotten', async () => {
  const upstream = await upstreamWith({ parts: [{ text: LONG }] })
  const { make } = await checksOver(upstream.baseUrl)
  const known = await make({ probes: ['answer'] })
  upstream.setScript({ status: 500 })
  const { card } = await make({ probes: ['answer'] })

  expect(known.card?.capabilities).toMatchObject({ reportsUsage: 'final', streaming: true })
  expect(card?.capabilities).toMatchObject({ reportsUsage: null, streaming: null })
  expect(new Set(Object.values(verdictsOf(card)))).toEqual(new Set(['unknown']))
})

test('one at a time, stopped on request, and what was sent is booked', async () => {
  const upstream = await upstreamWith({ instead: 'hang' })
  const { make, send, read, rows } = await checksOver(upstream.baseUrl)
  const over = make({ probes: ['answer', 'json'] })
  await upstream.called(1)
  expect((await read()).running).toEqual({
    model: MODEL,
    probes: ['answer', 'json'],
    current: 'answer',
  })
  const second = await send('POST', {})
  expect(second.status).toBe(409)
  expect(await second.json()).toMatchObject({ code: 'check_active' })
  expect((await send('DELETE')).status).toBe(204)
  await over

  expect(rows.map(({ status }) => status)).toEqual(['stopped'])
  await upstream.calls[0]?.over
  expect(upstream.calls[0]?.closedEarly).toBe(true)
  expect((await read()).running).toBeNull()
})

test('over budget it is not made, and says so', async () => {
  const upstream = await upstreamWith({})
  const day = { limitNanoUsd: 10, limitTokens: null }
  const { make, rows } = await checksOver(upstream.baseUrl, { budgets: { day } })
  const { card } = await make({ probes: ['answer', 'json'] })

  expect(upstream.calls).toHaveLength(0)
  expect(rows).toHaveLength(0)
  expect(card?.findings.map(({ detail }) => detail)).toEqual(
    Array.from({ length: 6 }, () => 'Not made: over budget.'),
  )
})

test('a server that is away is asked once', async () => {
  const { make, rows } = await checksOver(await refusingBaseUrl())
  const { card } = await make({ probes: ['answer', 'repeat', 'tools'] })

  expect(rows.map(({ status, costNanoUsd }) => [status, costNanoUsd])).toEqual([['failed', 0]])
  expect(card?.findings.every(({ verdict }) => verdict === 'unknown')).toBe(true)
  expect(card?.findings[0]?.detail).toMatch(/cannot be reached: nothing answers/)
  expect(card?.findings.at(-1)?.detail).toMatch(/^Not asked/)
})

test('what a server cannot take is asked again without it', async () => {
  const upstream = await upstreamWith(({ body }) =>
    'stream_options' in body
      ? { status: 400, errorBody: { error: { message: 'Unknown field stream_options' } } }
      : { usage: null, parts: [{ text: LONG }] },
  )
  const { make, rows } = await checksOver(upstream.baseUrl)
  const { card } = await make({ probes: ['answer'] })

  expect(verdictsOf(card)).toMatchObject({ streaming: 'yes', usage: 'no' })
  expect(rows.map(({ attempt, status }) => [attempt, status])).toEqual([
    [1, 'failed'],
    [2, 'completed'],
  ])
})

test('a redirect is not followed, and no key or prompt is told', async () => {
  let asked = 0
  const server = createServer((request, response) => {
    asked += 1
    if (request.method === 'GET') return response.writeHead(302, { location: '/else' }).end()
    const key = { error: { message: `No such key ${request.headers.authorization}` } }
    const echo = {
      error: { message: 'Cannot answer: Which is larger, 9.11 or 9.9? Say it in one' },
    }
    response.writeHead(asked === 2 ? 400 : 401, { 'content-type': 'application/json' })
    return response.end(JSON.stringify(asked === 2 ? echo : key))
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => void server.close())
  const address = server.address()
  const port = typeof address === 'object' ? address?.port : 0
  const { make } = await checksOver(`http://127.0.0.1:${port}/v1`)
  const { card } = await make({ probes: ['models', 'answer', 'repeat', 'json'] })

  expect(asked).toBe(3)
  const text = JSON.stringify(card)
  expect(text).not.toContain(SECRET)
  expect(text).not.toContain('9.11')
  expect(text).toContain('did not accept the API key')
})

test('the demo can be checked, too', async () => {
  const { make, read, rows } = await checksOver(null)
  // Nobody is billed, so no price is named.
  const { plan } = await read()
  expect(plan.map(({ atMostNanoUsd }) => atMostNanoUsd)).toEqual(plan.map(() => 0))
  const { card } = await make({ probes: ['models', 'tools', 'count'] })

  expect(verdictsOf(card)).toEqual({
    models: 'yes',
    tool_arguments: 'yes',
    tool_indexes: 'yes',
    parallel_tools: 'yes',
    count_endpoint: 'no',
  })
  expect(card?.origin).toBeNull()
  expect(rows.map(({ certainty, price }) => [certainty, price?.origin])).toEqual([
    ['computed', 'demo'],
  ])
})

test('what makes no sense is refused in words', async () => {
  const { send } = await checksOver(await refusingBaseUrl())
  const refused = await send('POST', { probes: ['colour'] })
  expect(refused.status).toBe(400)
  expect(await refused.json()).toMatchObject({
    code: 'bad_request',
    detail: expect.stringContaining('probes'),
  })
})
