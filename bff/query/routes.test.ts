import { expect, test } from 'vitest'
import type { Script } from '../../e2e/fake-upstream.ts'
import { upstreamFor } from '../testing/begin-run.ts'
import { startForTest } from '../testing/start-tally.ts'

const EXTRACT = { name: 'extract', parameters: { type: 'object', properties: {} } }
const CALLED = { parts: [{ call: { name: 'extract', arguments: { city: 'Oslo' } } }] }

async function tallyOn(script: Script, env: Record<string, string> = {}) {
  const upstream = await upstreamFor(script)
  const tally = await startForTest({
    OPENAI_API_KEY: 'sk-test',
    OPENAI_BASE_URL: upstream.baseUrl,
    OPENAI_MODEL: 'fake',
    ...env,
  })
  const ask = (body: object) => tally.send('POST', '/api/query', body)
  return { upstream, tally, ask }
}

test('a program gets the arguments, the counts and the row, which is in the ledger', async () => {
  const { tally, ask } = await tallyOn(CALLED)
  const asked = { system: 'Be exact.', user: 'Oslo', function: EXTRACT, settings: { topP: null } }
  const { status, json } = await ask(asked)
  expect([status, json]).toEqual([
    200,
    {
      output: { city: 'Oslo' },
      durationMs: expect.any(Number),
      inputTokens: 100,
      outputTokens: 20,
      info: { systemFingerprint: null, model: 'fake', created: '1970-01-01T00:00:01.000Z' },
      call: expect.objectContaining({ purpose: 'query', conversationId: null, inputTokens: 100 }),
    },
  ])
  const calls = await tally.send('GET', '/api/usage/calls?purpose=query')
  expect(calls.json).toMatchObject({ items: [{ purpose: 'query', status: 'completed' }] })
})

test('what goes wrong has a code and a sentence', async () => {
  const { upstream, ask } = await tallyOn({ parts: [{ text: 'Oslo.' }] })
  expect(await ask({ user: 'Oslo', function: EXTRACT })).toMatchObject({
    status: 502,
    json: { code: 'function_not_called', detail: expect.stringContaining('did not call extract') },
  })
  upstream.setScript({ status: 401 })
  expect(await ask({ user: 'Oslo' })).toMatchObject({
    status: 502,
    json: { code: 'model_failed', detail: expect.stringContaining('API key') },
  })
  expect(await ask({ user: '' })).toMatchObject({ status: 400, json: { code: 'bad_request' } })
  expect(await ask({ user: 'Oslo', function: { name: 'a b', parameters: {} } })).toMatchObject({
    status: 400,
  })
  expect(await ask({ user: 'Oslo', provider: 'none' })).toMatchObject({
    status: 400,
    json: { code: 'provider_not_found' },
  })
})

test('a budget that has nothing left lets nothing through', async () => {
  const { upstream, tally, ask } = await tallyOn({})
  await tally.send('PUT', '/api/budgets', { day: { limitNanoUsd: null, limitTokens: 10 } })
  expect(await ask({ user: 'Oslo' })).toMatchObject({ status: 402, json: { code: 'over_budget' } })
  expect(upstream.calls).toEqual([])
})

test('a caller that leaves ends the request', async () => {
  const { upstream, tally } = await tallyOn({ instead: 'hang' })
  const leave = new AbortController()
  const left = fetch(`${tally.address}/api/query`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ user: 'Oslo' }),
    signal: leave.signal,
  })
  const call = await upstream.called(1)
  leave.abort()
  await expect(left).rejects.toThrow(/abort/i)
  await call.over
  expect(call.closedEarly).toBe(true)
})

test('eight calls are made at once, 32 wait, and the next is told to come back', async () => {
  const { upstream, tally } = await tallyOn({ instead: 'hang' })
  const leave = new AbortController()
  const ask = () =>
    fetch(`${tally.address}/api/query`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ user: 'Oslo' }),
      signal: leave.signal,
    })
  const held = Array.from({ length: 40 }, ask)
  await upstream.called(8)
  const refused = await ask()
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '5'])
  expect(upstream.calls).toHaveLength(8)
  leave.abort()
  expect((await Promise.allSettled(held)).every(({ status }) => status === 'rejected')).toBe(true)
  upstream.setScript({ parts: [{ text: 'Oslo.' }] })
  // Those who left while they waited are not asked for.
  const asked = () => tally.send('POST', '/api/query', { user: 'Oslo' })
  await expect.poll(asked, { timeout: 10_000 }).toMatchObject({ status: 200 })
  expect(upstream.calls).toHaveLength(9)
})

test('the demo answers without a key', async () => {
  const tally = await startForTest()
  const asked = { user: 'Oslo', function: { ...EXTRACT, name: 'anything' } }
  expect(await tally.send('POST', '/api/query', asked)).toMatchObject({
    status: 200,
    json: { output: {}, call: { demo: true, purpose: 'query' } },
  })
})
