import { once } from 'node:events'
import { createServer } from 'node:http'
import { expect, onTestFinished, test } from 'vitest'
import { fakeTarget } from '../testing/recorded-run.ts'
import { usagePath, fetchUsage } from './fetch-usage.ts'
import { upstreamFor } from '../testing/begin-run.ts'
import type { ModelTarget } from './types.ts'

const NEVER = new AbortController().signal

async function lookedUp(
  answer: object | undefined,
  responseId = 'resp_1',
  api: ModelTarget['api'] = 'responses',
) {
  const upstream = await upstreamFor({})
  const asked: string[] = []
  let authorization: string | undefined
  upstream.setLookUp((path, headers) => {
    asked.push(path)
    authorization = headers.authorization
    return answer
  })
  const found = await fetchUsage(fakeTarget(upstream.baseUrl, api), responseId, NEVER)
  expect(authorization).toBe('Bearer sk-very-secret-key')
  expect(upstream.calls).toEqual([])
  return { found, asked }
}

const USAGE = { input_tokens: 100, input_tokens_details: { cached_tokens: 40 }, output_tokens: 20 }

test('a stored response tells its usage, and nothing else of it is kept', async () => {
  const { found, asked } = await lookedUp({
    id: 'resp_1',
    status: 'completed',
    model: 'gpt-4.1-mini-2025-04-14',
    service_tier: 'default',
    output: [{ type: 'message', content: [{ type: 'output_text', text: 'private' }] }],
    usage: { ...USAGE, note: 'private' },
  })
  expect(asked).toEqual(['/v1/responses/resp_1'])
  expect(found).toEqual({
    rawUsage: USAGE,
    modelReturned: 'gpt-4.1-mini-2025-04-14',
    serviceTier: 'default',
    finishReason: 'completed',
  })
})

test('a generation of OpenRouter tells its tokens and its cost', async () => {
  const { found, asked } = await lookedUp(
    {
      data: {
        id: 'gen-1',
        model: 'openai/gpt-4o-mini',
        total_cost: 0.0000155,
        is_byok: false,
        upstream_inference_cost: null,
        native_tokens_prompt: 21,
        native_tokens_completion: 5,
        native_tokens_cached: 0,
        origin: 'https://example.com',
        cancelled: true,
        finish_reason: null,
      },
    },
    'gen-1',
    'chat_completions',
  )
  expect(asked).toEqual(['/v1/generation?id=gen-1'])
  expect(found).toEqual({
    rawUsage: {
      native_tokens_prompt: 21,
      native_tokens_completion: 5,
      native_tokens_cached: 0,
      total_cost: 0.0000155,
      is_byok: false,
    },
    modelReturned: 'openai/gpt-4o-mini',
    serviceTier: null,
    finishReason: 'cancelled',
  })
})

test.for([
  ['there is none yet', undefined, 'later'],
  ['it is still written', { status: 'in_progress', usage: null }, 'later'],
  ['it was cancelled without usage', { status: 'cancelled', usage: null }, 'never'],
  [
    'its usage is nothing but zeros',
    { status: 'cancelled', usage: { input_tokens: 0, output_tokens: 0 } },
    'never',
  ],
  ['it is something else', { object: 'list' }, 'never'],
] as const)('a response: %s', async ([, answer, expected]) => {
  expect((await lookedUp(answer)).found).toBe(expected)
})

test('a generation without tokens is not known yet', async () => {
  const answer = { data: { native_tokens_prompt: 0, total_cost: 0 } }
  expect((await lookedUp(answer, 'gen-1')).found).toBe('later')
})

test('of what has no end only a beginning is kept', async () => {
  const endless = 'x'.repeat(100_000)
  const counts = Array.from({ length: 10_000 }, (_, at) => [`count-${at}`, at])
  const { found } = await lookedUp({
    status: 'completed',
    model: endless,
    service_tier: endless,
    incomplete_details: { reason: endless },
    usage: { ...USAGE, ...Object.fromEntries(counts) },
  })
  expect(found).toMatchObject({ rawUsage: USAGE })
  expect(JSON.stringify(found).length).toBeLessThan(30_000)
})

test('an answer that is too large is not read to its end', async () => {
  const answer = { status: 'completed', usage: USAGE, output: 'x'.repeat(5_000_000) }
  expect((await lookedUp(answer)).found).toBe('never')
})

test('a provider that cannot be reached may be reached later', async () => {
  const target = fakeTarget('http://127.0.0.1:9/v1', 'responses')
  expect(await fetchUsage(target, 'resp_1', NEVER)).toBe('later')
})

test('a redirect is not followed, and nothing is asked again', async () => {
  const elsewhere = await upstreamFor({})
  let asked = 0
  elsewhere.setLookUp(() => ({ status: 'completed', usage: USAGE, asked: (asked += 1) }))
  const location = `${elsewhere.baseUrl}/responses/resp_1`
  const server = createServer((_, response) => {
    response.writeHead(302, { location }).end()
  }).listen(0, '127.0.0.1')
  onTestFinished(() => void server.close())
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' ? address?.port : 0
  const target = fakeTarget(`http://127.0.0.1:${port}/v1`, 'responses')
  expect(await fetchUsage(target, 'resp_1', NEVER)).toBe('never')
  expect(asked).toBe(0)
})

test('only a provider that was set is asked, and only by an id that it can be asked by', () => {
  const target = fakeTarget('https://api.openai.com/v1', 'responses')
  expect(usagePath(target, 'resp_1')).toBe('/responses/resp_1')
  expect(usagePath(target, 'chatcmpl-1')).toBeNull()
  expect(usagePath({ ...target, api: 'chat_completions' }, 'resp_1')).toBeNull()
  expect(usagePath({ ...target, kind: 'discovered' }, 'resp_1')).toBeNull()
  expect(usagePath({ ...target, kind: 'demo', baseUrl: null }, 'gen-1')).toBeNull()
  expect(usagePath(target, 'resp_/../../x')).toBe('/responses/resp_%2F..%2F..%2Fx')
})
