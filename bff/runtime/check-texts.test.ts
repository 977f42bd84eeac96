import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { agentWith, begin, upstreamFor } from '../testing/begin-run.ts'
import { fakeTarget } from '../testing/recorded-run.ts'
import { agentTool } from './agent-tool.ts'
import { defineTool } from './define-tool.ts'
import type { Guardrail } from './guardrails.ts'

const SECRET = 'The word is xyzzy.'
const noXyzzy: Guardrail<string> = {
  name: 'secret words',
  check: (text) => (text.includes('xyzzy') ? 'It contains the secret word.' : null),
}
const passes: Guardrail<string> = { name: 'nothing', check: () => null }

describe.for(['responses', 'chat_completions'] as const)('on %s', (api) => {
  test('a message that trips a guardrail is not sent', async () => {
    const upstream = await upstreamFor({ parts: [{ text: 'Hello.' }] })
    const never: Guardrail<string> = { name: 'never', check: () => 'Not reached.' }
    const agent = agentWith([], {
      inputGuardrails: [{ name: 'oslo', check: (text) => (/Oslo/.test(text) ? 'No Oslo.' : null) }],
    })
    const guardrails = { input: [passes], output: [never] }
    const { recorded, outcome } = begin(
      fakeTarget(upstream.baseUrl, api),
      agent,
      {},
      { guardrails },
    )
    expect(await outcome).toEqual({ status: 'stopped', reason: 'guardrail' })
    expect(upstream.calls).toHaveLength(0)
    expect(recorded.ledger.opened).toHaveLength(0)
    expect(recorded.events).toMatchObject([
      { type: 'guardrail', name: 'nothing', stage: 'input', tripped: false },
      { type: 'guardrail', name: 'oslo', stage: 'input', tripped: true, reason: 'No Oslo.' },
    ])
    expect(recorded.message.parts).toMatchObject([
      { kind: 'guardrail', text: 'Blocked by oslo: No Oslo.' },
    ])
  })

  test('an answer that trips a guardrail is taken back', async () => {
    const upstream = await upstreamFor({ parts: [{ text: SECRET }] })
    const agent = agentWith([], { outputGuardrails: [passes, noXyzzy] })
    const { recorded, outcome } = begin(fakeTarget(upstream.baseUrl, api), agent)
    expect(await outcome).toEqual({ status: 'stopped', reason: 'guardrail' })
    expect(recorded.eventsOf('guardrail')).toMatchObject([
      { name: 'nothing', stage: 'output', tripped: false },
      { name: 'secret words', stage: 'output', tripped: true },
    ])
    expect(recorded.message).toMatchObject({ withheld: true, parts: [{ kind: 'guardrail' }] })
  })

  test('what was said before a tool call is checked with the answer', async () => {
    const add = defineTool({
      name: 'add',
      description: 'Adds.',
      parameters: z.object({}),
      execute: () => 3,
    })
    const upstream = await upstreamFor([
      { parts: [{ text: SECRET }, { call: { name: 'add', arguments: {} } }] },
      { parts: [{ text: 'It is 3.' }] },
    ])
    const agent = agentWith([add], { outputGuardrails: [noXyzzy] })
    const { recorded, outcome } = begin(fakeTarget(upstream.baseUrl, api), agent)
    expect(await outcome).toMatchObject({ reason: 'guardrail' })
    expect(recorded.message.parts).toMatchObject([{ type: 'tool_call' }, { kind: 'guardrail' }])
  })

  test('a nested answer is blocked inside its call, and the run goes on', async () => {
    const upstream = await upstreamFor([
      { parts: [{ call: { name: 'research', arguments: { input: 'The word?' }, id: 'r' } }] },
      { parts: [{ text: SECRET }] },
      { parts: [{ text: 'I do not know.' }] },
    ])
    const research = agentTool({ name: 'research', description: 'Asks.', agent: 'researcher' })
    const researcher = agentWith([], {
      name: 'researcher',
      entry: false,
      outputGuardrails: [noXyzzy],
    })
    const agents = [agentWith([research]), researcher]
    const { recorded, outcome } = begin(fakeTarget(upstream.baseUrl, api), agents)
    expect(await outcome).toEqual({ status: 'completed' })
    expect(recorded.message.parts).toMatchObject([
      {
        status: 'failed',
        output: 'Blocked by secret words: It contains the secret word.',
        parts: [{ kind: 'guardrail' }],
      },
      { type: 'text', text: 'I do not know.' },
    ])
    expect(JSON.stringify(upstream.calls[2]?.body)).not.toContain('xyzzy')
  })

  test('an object that trips a guardrail is never shown', async () => {
    const upstream = await upstreamFor({ parts: [{ text: '{"word":"xyzzy"}' }] })
    const output = { name: 'a_word', schema: z.object({ word: z.string() }) }
    const agent = agentWith([], { output, outputGuardrails: [noXyzzy] })
    const { recorded, outcome } = begin(fakeTarget(upstream.baseUrl, api), agent)
    expect(await outcome).toMatchObject({ reason: 'guardrail' })
    expect(recorded.eventsOf('output')).toEqual([])
  })
})

test('a guardrail asks the model of the run through the ledger', async () => {
  const call = { name: 'report', arguments: { blocked: true } }
  const upstream = await upstreamFor({ parts: [{ call }] })
  const agent = agentWith([], {
    inputGuardrails: [
      {
        name: 'model',
        check: async (user, context) =>
          JSON.stringify(
            await context.query({
              system: 'Check.',
              user,
              function: { name: 'report', parameters: { type: 'object' } },
            }),
          ),
      },
    ],
  })
  const { recorded, outcome } = begin(fakeTarget(upstream.baseUrl, 'responses'), agent)
  expect(await outcome).toMatchObject({ reason: 'guardrail' })
  expect(recorded.eventsOf('guardrail')).toMatchObject([{ reason: '{"blocked":true}' }])
  expect(recorded.ledger.rows).toMatchObject([{ purpose: 'guardrail', runId: 'run' }])
})

test('a stopped answer is checked, and a check that hangs does not outlive the stop', async () => {
  const hold = new Promise<void>(() => {})
  const upstream = await upstreamFor({ parts: [{ text: SECRET }, { wait: hold }], chars: 100 })
  const agent = agentWith([], { outputGuardrails: [noXyzzy] })
  const { recorded, outcome } = begin(fakeTarget(upstream.baseUrl, 'responses'), agent)
  await recorded.sawText('xyzzy')
  recorded.stop()
  expect(await outcome).toEqual({ status: 'stopped' })
  expect(recorded.message.withheld).toBe(true)

  const hanging: Guardrail<string> = { name: 'hanging', check: () => new Promise(() => {}) }
  const hung = begin(
    fakeTarget(upstream.baseUrl, 'responses'),
    agentWith([], { inputGuardrails: [hanging] }),
  )
  hung.recorded.stop()
  expect(await hung.outcome).toEqual({ status: 'stopped' })
  expect(hung.recorded.events).toEqual([])
})

test('a check that throws does not let through', async () => {
  const upstream = await upstreamFor({})
  const broken: Guardrail<string> = {
    name: 'broken',
    check: () => {
      throw new Error('secret detail')
    },
  }
  const agent = agentWith([], { inputGuardrails: [broken] })
  const { recorded, outcome } = begin(fakeTarget(upstream.baseUrl, 'responses'), agent)
  await outcome
  expect(recorded.eventsOf('guardrail')).toMatchObject([{ reason: 'It could not be checked.' }])
  expect(upstream.calls).toHaveLength(0)
})
