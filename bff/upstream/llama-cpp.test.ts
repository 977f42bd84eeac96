// What llama.cpp is asked to report, and what becomes of it.
import { expect, test } from 'vitest'
import { fakeTarget } from '../testing/recorded-run.ts'
import { agentWith, begin, upstreamFor } from '../testing/begin-run.ts'

const LLAMA_CPP = { server: 'llama.cpp', contextWindow: 4096 } as const

test('it is asked for its progress and its timings, and nobody else is', async () => {
  const upstream = await upstreamFor({})
  const target = fakeTarget(upstream.baseUrl, 'chat_completions')
  await begin({ ...target, ...LLAMA_CPP }).outcome
  await begin(target).outcome
  expect(
    upstream.calls.map(({ body }) => [body['return_progress'], body['timings_per_token']]),
  ).toEqual([
    [true, true],
    [undefined, undefined],
  ])
})

const FULL = { prompt_tokens: 4000, completion_tokens: 95, total_tokens: 4095 }
const SHORT = { prompt_tokens: 400, completion_tokens: 95, total_tokens: 495 }

test.each([
  [
    'its context is full',
    FULL,
    'context_full',
    /^The context is full: .* takes 4,096 tokens: 4,000 were read and 95 written\./,
  ],
  ['a limit of the server is reached', SHORT, 'output_limit', /output limit/],
])('an answer that ends because %s says so', async (_, usage, code, message) => {
  const upstream = await upstreamFor({ parts: [{ text: 'Half' }], finish: 'length', usage })
  const target = { ...fakeTarget(upstream.baseUrl, 'chat_completions'), ...LLAMA_CPP }
  const { recorded, outcome } = begin(target, agentWith([]))
  expect(await outcome).toMatchObject({ code, message: expect.stringMatching(message) })
  expect(recorded.text).toBe('Half')
})

test('a request that is longer than the context is refused with the numbers of the server', async () => {
  const error = {
    code: 400,
    message: 'the request exceeds the available context size, try increasing it',
    type: 'exceed_context_size_error',
    n_prompt_tokens: 9000,
    n_ctx: 4096,
  }
  const upstream = await upstreamFor({ status: 400, errorBody: { error } })
  const { outcome } = begin(fakeTarget(upstream.baseUrl, 'chat_completions'))
  expect(await outcome).toMatchObject({
    code: 'context_too_long',
    message: expect.stringContaining(
      'The request has 9,000 tokens, and the context has room for 4,096.',
    ),
  })
  const message = "This model's maximum context length is 8192 tokens, and you sent 9001."
  upstream.setScript({
    status: 400,
    errorBody: { error: { message, code: 'context_length_exceeded' } },
  })
  const other = begin(fakeTarget(upstream.baseUrl, 'chat_completions'))
  expect(await other.outcome).toHaveProperty('message', expect.stringContaining('you sent 9001'))
})
