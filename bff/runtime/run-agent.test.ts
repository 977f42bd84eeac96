import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { defineTool } from './define-tool.ts'
import { fakeTarget } from '../testing/recorded-run.ts'
import { agentWith, begin, upstreamFor } from '../testing/begin-run.ts'

const add = defineTool({
  name: 'add',
  description: 'Adds two numbers.',
  parameters: z.object({ a: z.number(), b: z.number() }),
  execute: ({ a, b }) => a + b,
})

describe.for(['responses', 'chat_completions'] as const)('on %s', (api) => {
  test('text and reasoning arrive as they are sent', async () => {
    const upstream = await upstreamFor({
      parts: [{ reasoning: 'Hm, let me see.' }, { text: 'Hello there.' }],
    })
    const { recorded, outcome } = begin(fakeTarget(upstream.baseUrl, api))
    expect(await outcome).toEqual({ status: 'completed' })
    expect(recorded.message.parts).toMatchObject([
      { type: 'reasoning', text: 'Hm, let me see.' },
      { type: 'text', text: 'Hello there.' },
    ])
    expect(recorded.eventsOf('token').length).toBeGreaterThan(1)
  })

  test('the ledger row has what the provider said', async () => {
    const usage = {
      prompt_tokens: 7,
      completion_tokens: 3,
      input_tokens: 7,
      output_tokens: 3,
      total_tokens: 10,
      cost: 0.0001,
    }
    const upstream = await upstreamFor({ usage, model: 'fake-model-2026', serviceTier: 'flex' })
    const { recorded, outcome } = begin(fakeTarget(upstream.baseUrl, api))
    await outcome
    const [row] = recorded.ledger.rows
    expect(row).toMatchObject({
      status: 'completed',
      purpose: 'chat',
      agent: 'assistant',
      provider: 'fake',
      modelRequested: 'fake-model',
      modelReturned: 'fake-model-2026',
      serviceTier: 'flex',
      attempt: 1,
      rawUsage: usage,
      outputText: 'Hello from the fake model.',
    })
    expect(row?.responseId).toMatch(/0$/)
    expect(row?.ttftMs).toBeLessThanOrEqual(row?.durationMs ?? 0)
    expect(await row?.inputText()).toMatch(/Be brief\.\nA question about the weather/)
  })

  test('the id that the provider gave the request is kept, also of one that it refused', async () => {
    const refused = { status: 500, headers: { 'x-request-id': 'req_refused' } }
    const upstream = await upstreamFor([
      refused,
      { headers: { 'x-request-id': 'req_answered' } },
      {},
    ])
    const target = { ...fakeTarget(upstream.baseUrl, api), maxRetries: 1 }
    const first = begin(target)
    await first.outcome
    const second = begin(target)
    await second.outcome
    const rows = [...first.recorded.ledger.rows, ...second.recorded.ledger.rows]
    expect(rows.map(({ status, requestId }) => [status, requestId])).toEqual([
      ['failed', 'req_refused'],
      ['completed', 'req_answered'],
      ['completed', null],
    ])
  })

  test('a handover is an event and no tool card', async () => {
    const instructions = 'You are the expert.'
    const expert = agentWith([], { name: 'expert', instructions })
    const call = { name: 'transfer_to_expert', arguments: {} }
    const upstream = await upstreamFor([
      { parts: [{ call }] },
      { parts: [{ text: 'Expert here.' }] },
    ])
    const { recorded, outcome } = begin(fakeTarget(upstream.baseUrl, api), [
      agentWith([], { handoffs: ['expert'] }),
      expert,
    ])
    expect(await outcome).toEqual({ status: 'completed' })
    expect(recorded.message.parts).toMatchObject([
      { type: 'notice', kind: 'handoff' },
      { type: 'text', text: 'Expert here.' },
    ])
    expect(recorded.ledger.rows.map(({ agent }) => agent)).toEqual(['assistant', 'expert'])
    expect(recorded.items.map((item) => item['type'])).toEqual([
      'function_call',
      'function_call_result',
      'message',
    ])
  })

  test('an agent that never comes to an end is stopped after its turns', async () => {
    const upstream = await upstreamFor(
      [1, 2, 3].map((b) => ({ parts: [{ call: { name: 'add', arguments: { a: 1, b } } }] })),
    )
    const { recorded, outcome } = begin(fakeTarget(upstream.baseUrl, api), agentWith([add]), {
      maxTurns: 3,
    })
    expect(await outcome).toMatchObject({ status: 'failed', code: 'max_turns', retryable: true })
    expect(upstream.calls).toHaveLength(3)
    expect(recorded.ledger.rows.map(({ status }) => status)).toEqual([
      'completed',
      'completed',
      'completed',
    ])
  })

  test('only settings that are set are sent', async () => {
    const upstream = await upstreamFor({})
    await begin(fakeTarget(upstream.baseUrl, api)).outcome
    await begin(fakeTarget(upstream.baseUrl, api), agentWith([]), {
      settings: {
        temperature: 0,
        topP: 0.5,
        maxOutputTokens: 99,
        reasoningEffort: 'low',
        instructions: 'Speak like a sailor.',
      },
    }).outcome
    const [plain, set] = upstream.calls.map(({ body }) => body)
    const limit =
      api === 'responses'
        ? { max_output_tokens: 99, reasoning: { effort: 'low' } }
        : { max_tokens: 99, reasoning_effort: 'low' }
    for (const key of ['temperature', 'top_p', 'store', ...Object.keys(limit)])
      expect(plain).not.toHaveProperty(key)
    expect(set).toMatchObject({ temperature: 0, top_p: 0.5, ...limit })
    expect(JSON.stringify(set)).toContain('Be brief.\\n\\nSpeak like a sailor.')
  })

  test('an event that cannot be written breaks the run off', async () => {
    const upstream = await upstreamFor({ parts: [{ text: 'abcdefgh' }, { fault: 'stall' }] })
    const { recorded, outcome } = begin(fakeTarget(upstream.baseUrl, api), agentWith([]), {
      emit: () => Promise.reject(new Error('SQLITE_FULL at /secret/path')),
    })
    expect(await outcome).toMatchObject({
      status: 'failed',
      code: 'internal',
      message: expect.not.stringContaining('SQLITE'),
    })
    await upstream.calls[0]?.over
    expect(upstream.calls[0]?.closedEarly).toBe(true)
    expect(recorded.ledger.rows).toHaveLength(1)
  })
})
