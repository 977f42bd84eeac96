// Servers that take long to begin: what keeps a request alive, what a reader sees meanwhile, and that
// nothing is asked twice.
import { setTimeout as delay } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { fakeTarget } from '../testing/recorded-run.ts'
import { agentWith, begin, upstreamFor } from '../testing/begin-run.ts'

const LIMITS = { idleTimeoutMs: 800, answerTimeoutMs: 20_000 }

describe.for(['responses', 'chat_completions'] as const)('on %s', (api) => {
  test('comments keep a request alive that reads a long prompt', async () => {
    const upstream = await upstreamFor({ before: [{ comments: 12, everyMs: 100 }] })
    const { recorded, outcome } = begin(fakeTarget(upstream.baseUrl, api), agentWith([]), LIMITS)
    expect(await outcome).toEqual({ status: 'completed' })
    expect(recorded.text).toBe('Hello from the fake model.')
    expect(upstream.calls).toHaveLength(1)
  })

  test('a server that only shows signs of life fails at the longer limit, and once', async () => {
    const upstream = await upstreamFor({ before: [{ comments: 100, everyMs: 50 }] })
    const { recorded, outcome } = begin(fakeTarget(upstream.baseUrl, api), agentWith([]), {
      ...LIMITS,
      answerTimeoutMs: 1500,
    })
    expect(await outcome).toMatchObject({
      status: 'failed',
      code: 'timeout',
      retryable: true,
      message: expect.stringMatching(
        /kept the connection alive for 2 seconds, and nothing of the answer had begun\..* TALLY_ANSWER_TIMEOUT_MS/,
      ),
    })
    expect(upstream.calls).toHaveLength(1)
    expect(recorded.ledger.rows).toHaveLength(1)
  })

  test('a queue that is longer than the idle limit is not asked twice', async () => {
    const upstream = await upstreamFor([{ firstMs: 60_000 }, {}])
    const { outcome } = begin(fakeTarget(upstream.baseUrl, api), agentWith([]), LIMITS)
    expect(await outcome).toMatchObject({ status: 'failed', code: 'timeout', retryable: true })
    await delay(100)
    expect(upstream.calls).toHaveLength(1)
  })

  test('a model that is loading is waited for as long as that takes', async () => {
    const loading = {
      status: 503,
      errorBody: { error: { code: 503, message: 'Loading model', type: 'unavailable_error' } },
    }
    const upstream = await upstreamFor([...Array.from({ length: 6 }, () => loading), {}])
    const target = fakeTarget(upstream.baseUrl, api, { maxRetries: 0 })
    const { recorded, outcome } = begin(target)
    expect(await outcome).toEqual({ status: 'completed' })
    expect(recorded.eventsOf('progress')[0]?.progress).toEqual({ stage: 'loading' })
    expect(recorded.eventsOf('retry')).toEqual([])
    expect(recorded.ledger.rows.map(({ refused }) => refused)).toEqual([
      ...Array.from({ length: 6 }, () => true),
      false,
    ])
    expect(recorded.message.parts).toEqual([{ type: 'text', text: 'Hello from the fake model.' }])
  })

  test('a stop ends the wait for a model that is loading', async () => {
    const upstream = await upstreamFor({ status: 503, errorBody: { error: 'Loading model' } })
    const { recorded, outcome } = begin(fakeTarget(upstream.baseUrl, api))
    await recorded.saw(({ type }) => type === 'progress')
    recorded.stop()
    expect(await outcome).toEqual({ status: 'stopped' })
  })
})

test('progress with the prompt is told, keeps the request alive and is gone with the first word', async () => {
  const goOn = Promise.withResolvers<void>()
  const upstream = await upstreamFor({
    before: [{ processed: 512, total: 2048 }, { wait: goOn.promise }],
  })
  const { recorded, outcome } = begin(fakeTarget(upstream.baseUrl, 'chat_completions'))
  await recorded.saw(({ type }) => type === 'progress')
  expect(recorded.message.parts).toMatchObject([
    { kind: 'progress', text: 'Reading the prompt: 512 of 2,048 tokens (25\u00A0%).' },
  ])
  goOn.resolve()
  expect(await outcome).toEqual({ status: 'completed' })
  expect(recorded.message.parts).toEqual([{ type: 'text', text: 'Hello from the fake model.' }])
})

test('a server that stops while it reads the prompt had not begun, and says how far it was', async () => {
  const upstream = await upstreamFor({
    before: [{ processed: 512, total: 2048 }, { wait: new Promise(() => {}) }],
  })
  const target = fakeTarget(upstream.baseUrl, 'chat_completions')
  const { outcome } = begin(target, agentWith([]), LIMITS)
  expect(await outcome).toMatchObject({
    code: 'timeout',
    message: expect.stringContaining('It had read 512 of 2,048 tokens of the prompt.'),
  })
  expect(upstream.calls).toHaveLength(1)
})
