import { describe, expect, test } from 'vitest'
import type { AnswerPart } from '../../e2e/fake-answer.ts'
import type { Script } from '../../e2e/fake-upstream.ts'
import { testParts } from '../testing/agent-parts.ts'
import { upstreamFor } from '../testing/begin-run.ts'
import { fakeTarget, RecordedLedger } from '../testing/recorded-run.ts'
import { ProviderError } from '../upstream/provider-error.ts'
import type { ModelTarget } from '../upstream/types.ts'
import { query, type QueryCall, QueryError } from './query.ts'

const EXTRACT = {
  name: 'extract',
  description: 'Takes the facts.',
  parameters: { type: 'object', properties: { city: { type: 'string' } } },
}

function ask(target: ModelTarget, changes: Partial<QueryCall> = {}) {
  const ledger = new RecordedLedger()
  const call: QueryCall = {
    purpose: 'query',
    conversationId: null,
    target,
    system: 'Be exact.',
    user: 'Oslo is rainy.',
    ledger,
    idleTimeoutMs: 10_000,
    signal: new AbortController().signal,
    ...changes,
  }
  const pace = { tokensPerSecond: Infinity, firstTokenMs: 0 }
  return { ledger, answer: query(call, { ...testParts(pace), firstRetryMs: 1 }) }
}

async function failure(answer: Promise<unknown>): Promise<unknown> {
  return answer.then(
    () => new Error('It answered.'),
    (error: unknown) => error,
  )
}

describe.for(['responses', 'chat_completions'] as const)('on %s', (api) => {
  const on = async (script: Script, changes: Partial<QueryCall> = {}) => {
    const upstream = await upstreamFor(script)
    return { upstream, ...ask(fakeTarget(upstream.baseUrl, api), changes) }
  }
  const calling = (...parts: AnswerPart[]) => on({ parts }, { function: EXTRACT })

  test('the arguments of the forced function come back as JSON', async () => {
    const { upstream, ledger, answer } = await calling({
      call: { name: 'extract', arguments: { city: 'Oslo' } },
    })
    expect(await answer).toMatchObject({
      output: { city: 'Oslo' },
      durationMs: expect.any(Number),
      info: { model: 'fake-model', created: '1970-01-01T00:00:01.000Z', systemFingerprint: null },
      call: { purpose: 'query' },
    })
    const { body } = upstream.calls[0] ?? {}
    expect(body?.['tool_choice']).toEqual(
      api === 'responses'
        ? { type: 'function', name: 'extract' }
        : { type: 'function', function: { name: 'extract' } },
    )
    expect(JSON.stringify(body?.['tools'])).toContain(JSON.stringify(EXTRACT.parameters))
    expect(ledger.rows).toMatchObject([
      { purpose: 'query', runId: null, conversationId: null, agent: null, status: 'completed' },
    ])
  })

  test('without a function the text comes back', async () => {
    const { upstream, answer } = await on({ parts: [{ text: 'It rains.' }] })
    expect((await answer).output).toBe('It rains.')
    const { body } = upstream.calls[0] ?? {}
    expect(JSON.stringify(body)).toContain('Be exact.')
    expect(JSON.stringify(body)).toContain('Oslo is rainy.')
    expect(body).not.toHaveProperty('tool_choice')
  })

  test('a setting that is null is not sent', async () => {
    const settings = { temperature: 0, topP: null, maxOutputTokens: null, reasoningEffort: null }
    const { upstream, answer } = await on({}, { settings })
    await answer
    const { body = {} } = upstream.calls[0] ?? {}
    expect(body).toHaveProperty('temperature', 0)
    const sent = Object.keys(body).filter((key) => body[key] !== undefined)
    for (const name of ['top_p', 'max_tokens', 'max_output_tokens', 'reasoning']) {
      expect(sent).not.toContain(name)
    }
    expect(sent).not.toContain('reasoning_effort')
  })

  test.for<[string, AnswerPart[]]>([
    ['function_not_called', [{ text: 'Oslo.' }]],
    ['function_not_called', [{ text: '' }]],
    ['wrong_function', [{ call: { name: 'delete_all', arguments: {} } }]],
    ['arguments_unreadable', [{ call: { name: 'extract', arguments: '{"city": ' } }]],
    ['arguments_unreadable', [{ call: { name: 'extract', arguments: '["Oslo"]' } }]],
  ])('%s is named, and not asked again', async ([code, parts]) => {
    const { ledger, answer } = await calling(...parts)
    const error = await failure(answer)
    expect(error).toBeInstanceOf(QueryError)
    expect(error).toMatchObject({ code })
    expect(ledger.rows).toHaveLength(1)
  })

  test.for([
    ['a rate limit', { status: 429 }],
    ['a server error', { status: 500 }],
    ['an overloaded server', { status: 503 }],
    ['a timeout', { status: 408 }],
    ['a broken connection', { instead: 'close' }],
  ] as const)('%s is tried again', async ([, first]) => {
    const { ledger, answer } = await on([first, { parts: [{ text: 'Now.' }] }])
    expect((await answer).output).toBe('Now.')
    expect(ledger.rows.map(({ attempt, status }) => [attempt, status])).toEqual([
      [1, 'failed'],
      [2, 'completed'],
    ])
  })

  test.for([400, 401, 403, 404])('a refusal with %d is not tried again', async (status) => {
    const { ledger, answer } = await on({ status })
    expect(await failure(answer)).toBeInstanceOf(ProviderError)
    expect(ledger.rows).toHaveLength(1)
  })

  test('a model that takes no tools is said to have called nothing', async () => {
    const message = 'This model does not support tools.'
    const { answer } = await on(
      [{ status: 400, errorBody: { error: { message } } }, { parts: [{ text: 'Oslo.' }] }],
      { function: EXTRACT },
    )
    expect(await failure(answer)).toMatchObject({ code: 'function_not_called' })
  })

  test('a stop closes the connection and leaves a row', async () => {
    const stop = new AbortController()
    const { upstream, ledger, answer } = await on({ instead: 'hang' }, { signal: stop.signal })
    const failed = failure(answer)
    await upstream.called(1)
    stop.abort()
    expect(await failed).toMatchObject({ name: 'AbortError' })
    expect(ledger.rows).toMatchObject([{ status: 'stopped' }])
  })
})

test('the system fingerprint comes along', async () => {
  const upstream = await upstreamFor({ systemFingerprint: 'fp_1', model: 'fake-model-2' })
  const { answer } = ask(fakeTarget(upstream.baseUrl, 'chat_completions'))
  expect((await answer).info).toMatchObject({ systemFingerprint: 'fp_1', model: 'fake-model-2' })
})

test('the demo calls the function with values of the right form', async () => {
  const target = fakeTarget('', 'chat_completions', { kind: 'demo', baseUrl: null, apiKey: null })
  const { answer } = ask(target, {
    user: 'Cancel order 42, it is urgent.',
    function: {
      name: 'route',
      parameters: {
        type: 'object',
        properties: {
          order: { type: 'integer' },
          urgency: { enum: ['low', 'urgent'] },
          reason: { type: ['string', 'null'] },
          tags: { type: 'array', items: { type: 'string' } },
        },
      },
    },
  })
  expect((await answer).output).toEqual({
    order: 42,
    urgency: 'urgent',
    reason: 'Cancel order 42, it is urgent.',
    tags: ['Cancel order 42, it is urgent.'],
  })
})
