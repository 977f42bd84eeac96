// Every fault of a provider, on both APIs, over real HTTP: how often it is asked, what is kept,
// how the run ends and what the ledger says.
import { describe, expect, test } from 'vitest'
import { refusingBaseUrl, type FakeUpstream } from '../../e2e/fake-upstream.ts'
import { errorBody, FAULT_CASES, HALF } from '../testing/provider-error-cases.ts'
import { fakeTarget, type RecordedRun } from '../testing/recorded-run.ts'
import { agentWith, begin, upstreamFor } from '../testing/begin-run.ts'
import type { AgentRun } from './agent-run.ts'
import type { ModelTarget } from './types.ts'

async function run(target: ModelTarget, changes: Partial<AgentRun> = {}) {
  const { recorded, outcome } = begin(target, agentWith([]), changes)
  return { recorded, outcome: await outcome }
}

const QUICK = { idleTimeoutMs: 120 }

for (const api of ['responses', 'chat_completions'] as const) {
  describe(`the ${api} API`, () => {
    const cases = FAULT_CASES.filter(({ only }) => only === undefined || only === api)
    test.for(cases)('$fault ends as $code', async (expected) => {
      const upstream = await upstreamFor(expected.answer)
      const slow = expected.answer.instead === 'hang' || expected.code === 'stalled'
      const { recorded, outcome } = await run(fakeTarget(upstream.baseUrl, api), slow ? QUICK : {})

      if (outcome.status !== 'failed') throw new Error(`The run ${outcome.status}.`)
      expect(outcome.code).toBe(expected.code)
      expect(outcome.retryable).toBe(expected.retryable ?? true)
      expect(outcome.message).toMatch(expected.words ?? /\w.*\.$/)
      expect(upstream.calls).toHaveLength(expected.calls)
      expect(recorded.text).toBe(expected.text ?? '')
      expect(recorded.eventsOf('retry')).toHaveLength(expected.calls - 1)
      expectOneRowPerRequest(recorded, expected.calls)
      const said = JSON.stringify([outcome, recorded.events])
      expect(said).not.toMatch(/sk-very-secret-key|weather in Oslo| at .*\.ts:/)
      expect(await answersAgain(upstream, api)).toBe('completed')
    })

    test('a refused connection is tried again and named with its address', async () => {
      const target = fakeTarget(await refusingBaseUrl(), api)
      const { recorded, outcome } = await run(target)
      expect(outcome).toMatchObject({
        status: 'failed',
        code: 'connection_refused',
        retryable: true,
      })
      expect(outcome).toHaveProperty(
        'message',
        expect.stringContaining(new URL(target.baseUrl ?? '').host),
      )
      expectOneRowPerRequest(recorded, 3)
    })

    test('text that was received is kept as an incomplete item', async () => {
      const upstream = await upstreamFor({ parts: [HALF, { fault: 'destroy' }] })
      const { recorded } = await run(fakeTarget(upstream.baseUrl, api))
      expect(recorded.items).toEqual([
        expect.objectContaining({
          role: 'assistant',
          status: 'incomplete',
          content: [{ type: 'output_text', text: HALF.text }],
        }),
      ])
    })

    test('a failure that passes is retried and then answered', async () => {
      // On a new connection: a kept one that is closed is not a failure, the request is sent again.
      const refused = { status: 503, headers: { connection: 'close' } }
      const upstream = await upstreamFor([refused, { instead: 'close' }, {}])
      const { recorded, outcome } = await run(fakeTarget(upstream.baseUrl, api))
      expect(outcome).toEqual({ status: 'completed' })
      expect(recorded.eventsOf('retry').map(({ attempt }) => attempt)).toEqual([2, 3])
      expect(recorded.ledger.rows.map(({ status, attempt }) => [status, attempt])).toEqual([
        ['failed', 1],
        ['failed', 2],
        ['completed', 3],
      ])
    })

    test('an error that echoes the key or the question is not shown', async () => {
      for (const message of [
        'Bad key sk-very-secret-key',
        'Cannot parse: A question about the weather in Oslo',
      ]) {
        const upstream = await upstreamFor({ status: 400, errorBody: errorBody(message, 'x') })
        const { outcome } = await run(fakeTarget(upstream.baseUrl, api))
        expect(outcome).toHaveProperty('message', expect.not.stringContaining(message.slice(-12)))
      }
    })

    test('unsound usage and a missing id do not cost the answer', async () => {
      const usage = {
        prompt_tokens: '12',
        input_tokens: '12',
        input_tokens_details: { cached_tokens: null },
      }
      const upstream = await upstreamFor({ usage, id: null })
      const { recorded, outcome } = await run(fakeTarget(upstream.baseUrl, api))
      expect(outcome).toEqual({ status: 'completed' })
      expect(recorded.ledger.rows[0]).toMatchObject({
        status: 'completed',
        rawUsage: usage,
        responseId: null,
      })
    })

    test('a whole answer instead of a stream is an answer', async () => {
      const upstream = await upstreamFor({ instead: 'json' })
      const { recorded, outcome } = await run(fakeTarget(upstream.baseUrl, api))
      expect(outcome).toEqual({ status: 'completed' })
      expect(recorded.text).toBe('Hello from the fake model.')
    })
  })
}

function expectOneRowPerRequest(recorded: RecordedRun, requests: number): void {
  const { opened, rows } = recorded.ledger
  expect(rows.map(({ id }) => id)).toEqual(opened.map(({ id }) => id))
  expect(rows.map(({ attempt }) => attempt)).toEqual(
    Array.from({ length: requests }, (_, i) => i + 1),
  )
  expect(new Set(rows.map(({ status }) => status))).toEqual(new Set(['failed']))
}

async function answersAgain(upstream: FakeUpstream, api: ModelTarget['api']): Promise<string> {
  upstream.setScript({})
  const { outcome } = await run(fakeTarget(upstream.baseUrl, api))
  return outcome.status
}
