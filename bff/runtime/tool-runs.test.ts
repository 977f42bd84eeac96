import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { defineTool } from './define-tool.ts'
import { ToolError } from './tool-error.ts'
import { fakeTarget } from '../testing/recorded-run.ts'
import { agentWith, begin, upstreamFor } from '../testing/begin-run.ts'

const add = defineTool({
  name: 'add',
  description: 'Adds two numbers.',
  parameters: z.object({ a: z.number(), b: z.number() }),
  execute: ({ a, b }) => a + b,
})

const addCall = { call: { name: 'add', arguments: { a: 1, b: 2 }, id: 'call_add' } }

describe.for(['responses', 'chat_completions'] as const)('on %s', (api) => {
  test('a tool runs between two model calls, and its card is complete', async () => {
    const upstream = await upstreamFor([{ parts: [addCall] }, { parts: [{ text: 'It is 3.' }] }])
    const { recorded, outcome } = begin(fakeTarget(upstream.baseUrl, api), agentWith([add]))
    expect(await outcome).toEqual({ status: 'completed' })
    expect(recorded.message.parts).toMatchObject([
      {
        type: 'tool_call',
        callId: 'call_add',
        name: 'add',
        agent: 'assistant',
        status: 'done',
        arguments: '{"a":1,"b":2}',
        output: '3',
        durationMs: expect.any(Number),
      },
      { type: 'text', text: 'It is 3.' },
    ])
    expect(recorded.eventsOf('tool_call').map(({ phase }) => phase)).toEqual(
      expect.arrayContaining(['arguments', 'ready', 'running']),
    )
    expect(recorded.items.map((item) => item['type'])).toEqual([
      'function_call',
      'function_call_result',
      'message',
    ])
    expect(recorded.ledger.rows).toHaveLength(2)
    expect(JSON.stringify(upstream.calls[1]?.body)).toContain('call_add')
  })

  test('a tool starts only when its start is written', async () => {
    const upstream = await upstreamFor([{ parts: [addCall] }, {}])
    const order: string[] = []
    const watched = defineTool({
      name: 'add',
      description: 'Adds.',
      parameters: z.object({ a: z.number(), b: z.number() }),
      execute: () => order.push('executed'),
    })
    const { outcome } = begin(fakeTarget(upstream.baseUrl, api), agentWith([watched]), {
      emit: async (event) => {
        if (event.type !== 'tool_call' || event.phase !== 'running') return
        await new Promise((resolve) => setImmediate(resolve))
        order.push('written')
      },
    })
    await outcome
    expect(order).toEqual(['written', 'executed'])
  })

  test('calls are asked for one at a time where they come mixed up, and only beside tools', async () => {
    const upstream = await upstreamFor({})
    const target = { ...fakeTarget(upstream.baseUrl, api), takesParallelTools: false }
    const tool = defineTool({
      name: 'tool',
      description: 't',
      parameters: z.object({}),
      execute: () => 'done',
    })
    await begin(target, agentWith([tool])).outcome
    await begin(target, agentWith([])).outcome
    await begin(fakeTarget(upstream.baseUrl, api), agentWith([tool])).outcome
    expect(upstream.calls.map(({ body }) => body['parallel_tool_calls'])).toEqual([
      false,
      undefined,
      undefined,
    ])
  })

  test('parallel tools start together and end one by one, while the other still runs', async () => {
    const gate = Promise.withResolvers<string>()
    const tools = [
      defineTool({
        name: 'quick',
        description: 'q',
        parameters: z.object({}),
        execute: () => 'fast',
      }),
      defineTool({
        name: 'slow',
        description: 's',
        parameters: z.object({}),
        execute: () => gate.promise,
      }),
    ]
    const calls = ['slow', 'quick'].map((name) => ({
      call: { name, arguments: '', id: `call_${name}` },
    }))
    const upstream = await upstreamFor([{ parts: calls }, {}])
    const { recorded, outcome } = begin(fakeTarget(upstream.baseUrl, api), agentWith(tools))
    await recorded.saw((event) => event.type === 'tool_result' && event.callId === 'call_quick')
    expect(recorded.message.parts).toMatchObject([
      { name: 'slow', status: 'running', durationMs: null },
      { name: 'quick', status: 'done', output: 'fast' },
    ])
    gate.resolve('at last')
    expect(await outcome).toEqual({ status: 'completed' })
    expect(recorded.message.parts).toMatchObject([
      { status: 'done', output: 'at last' },
      { status: 'done' },
      {},
    ])
  })

  test.for([
    {
      what: 'a failing tool',
      call: { name: 'broken', arguments: {} },
      says: /The tool failed: the disk is full/,
    },
    {
      what: 'a tool with an unexpected error',
      call: { name: 'leaky', arguments: {} },
      says: /The tool failed: something went wrong inside it/,
      faults: ['tool leaky'],
    },
    {
      what: 'an approval that cannot be worked out',
      call: { name: 'unsure', arguments: {} },
      says: /The tool failed: something went wrong inside it/,
      faults: ['tool unsure'],
    },
    {
      what: 'an unknown tool',
      call: { name: 'no_such_tool', arguments: {} },
      says: /no tool "no_such_tool"/,
    },
    {
      what: 'wrong arguments',
      call: { name: 'add', arguments: { a: 'one' } },
      says: /not valid[^]*a[^]*b/,
    },
    {
      what: 'arguments that are no JSON',
      call: { name: 'add', arguments: '{"a": 1' },
      says: /valid JSON/,
    },
  ])(
    '$what is marked failed, told to the model, and the answer goes on',
    async ({ call, says, faults = [] }) => {
      const failing = (name: string, error: Error) => ({
        name,
        description: 'b',
        parameters: z.object({}),
        execute: () => {
          throw error
        },
      })
      const secret = new Error('open /home/me/.ssh/id_rsa with key sk-1234')
      const broken = defineTool(failing('broken', new ToolError('the disk is full')))
      const leaky = defineTool(failing('leaky', secret))
      const unsure = defineTool({
        ...failing('unsure', secret),
        needsApproval: () => {
          throw secret
        },
      })
      const upstream = await upstreamFor([
        { parts: [{ call }] },
        { parts: [{ text: 'I could not.' }] },
      ])
      const { recorded, outcome } = begin(
        fakeTarget(upstream.baseUrl, api),
        agentWith([add, broken, leaky, unsure]),
      )
      expect(await outcome).toEqual({ status: 'completed' })
      expect(recorded.message.parts).toMatchObject([
        {
          type: 'tool_call',
          name: call.name,
          status: 'failed',
          output: expect.stringMatching(says),
        },
        { type: 'text', text: 'I could not.' },
      ])
      expect(recorded.items.filter((item) => item['type'] === 'function_call_result')).toHaveLength(
        1,
      )
      const sent = JSON.stringify(upstream.calls[1]?.body).replaceAll('\\', '')
      expect(sent).toMatch(says)
      const seen = sent + JSON.stringify([recorded.events, recorded.items])
      expect(seen).not.toMatch(/id_rsa|sk-1234/)
      expect(recorded.faults.map(([, at]) => at)).toEqual(faults)
    },
  )

  test('a tool that takes too long is failed, and the answer goes on', async () => {
    const endless = defineTool({
      name: 'endless',
      description: 'e',
      parameters: z.object({}),
      timeoutMs: 30,
      execute: () => new Promise(() => {}),
    })
    const upstream = await upstreamFor([
      { parts: [{ call: { name: 'endless', arguments: {} } }] },
      {},
    ])
    const { recorded, outcome } = begin(fakeTarget(upstream.baseUrl, api), agentWith([endless]))
    expect(await outcome).toEqual({ status: 'completed' })
    expect(recorded.eventsOf('tool_result')).toMatchObject([
      { status: 'failed', output: expect.stringContaining('did not finish') },
    ])
  })

  test('a long tool output is cut, and says so', async () => {
    const talkative = defineTool({
      name: 'talk',
      description: 't',
      parameters: z.object({}),
      execute: () => 'x'.repeat(40_000),
    })
    const upstream = await upstreamFor([{ parts: [{ call: { name: 'talk', arguments: {} } }] }, {}])
    const { recorded, outcome } = begin(fakeTarget(upstream.baseUrl, api), agentWith([talkative]))
    await outcome
    expect(recorded.eventsOf('tool_result')[0]?.output).toMatch(
      /x\n\[8000 more characters were left out\]$/,
    )
  })
})
