// A model may name a tool in a way that no provider takes back. Neither the run nor the conversation
// may break on it: what is stored can always be sent, and the reader sees what the model wrote.
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import type { ChatQuirk, FakeToolCall } from '../../e2e/fake-answer.ts'
import { defineTool } from './define-tool.ts'
import { userItem } from '../upstream/items.ts'
import { isRecord, listAt, recordAt, textAt } from '../upstream/record.ts'
import { fakeTarget } from '../testing/recorded-run.ts'
import { agentWith, begin, upstreamFor } from '../testing/begin-run.ts'
import type { Item } from '../upstream/types.ts'

const add = defineTool({
  name: 'add',
  description: 'Adds two numbers.',
  parameters: z.object({ a: z.number(), b: z.number() }),
  execute: ({ a, b }) => a + b,
})

interface OddCall {
  what: string
  call: FakeToolCall
  shown: string
  result: string | RegExp
  quirks?: ChatQuirk[]
}

const numbers = { a: 1, b: 2 }
const ODD_CALLS: OddCall[] = [
  {
    what: 'a name with the prefix that some chat templates put before it',
    call: { name: 'functions.add', arguments: numbers },
    shown: 'functions.add',
    result: '3',
  },
  {
    what: 'a name with a space',
    call: { name: 'my tool', arguments: numbers },
    shown: 'my tool',
    result: /no tool "my_tool"/,
  },
  {
    what: 'a name that is longer than any provider takes',
    call: { name: 'x'.repeat(100), arguments: numbers },
    shown: 'x'.repeat(100),
    result: /no tool/,
  },
  {
    what: 'a name of other letters',
    call: { name: 'добавить', arguments: numbers },
    shown: 'добавить',
    result: /no tool/,
  },
  {
    what: 'an empty name',
    call: { name: '', arguments: numbers },
    shown: 'unnamed_tool',
    result: /no tool/,
  },
  {
    what: 'null as a name',
    call: { name: null, arguments: numbers },
    shown: 'unnamed_tool',
    result: /no tool/,
  },
  {
    what: 'no name',
    call: { name: undefined, arguments: numbers },
    shown: 'unnamed_tool',
    result: /no tool/,
  },
  {
    what: 'arguments that are cut off',
    call: { name: 'add', arguments: '{"a": 1, "b' },
    shown: 'add',
    result: /not valid/,
  },
]

describe.for(['responses', 'chat_completions'] as const)('on %s', (api) => {
  test.for(ODD_CALLS)('$what', async ({ call, shown, result, quirks = [] }) => {
    const upstream = await upstreamFor([{ parts: [{ call }], quirks }, {}, {}])
    const target = fakeTarget(upstream.baseUrl, api)
    const first = begin(target, agentWith([add]))
    expect(await first.outcome).toEqual({ status: 'completed' })
    expect(first.recorded.message.parts).toMatchObject([
      { type: 'tool_call', name: shown, output: expect.stringMatching(result) },
      { type: 'text' },
    ])
    const history = [...first.recorded.items, userItem('And now?')]
    expect(await begin(target, agentWith([add]), { history }).outcome).toMatchObject({
      status: 'completed',
    })
    expect(upstream.calls).toHaveLength(3)
    for (const { body } of upstream.calls.slice(1)) expectSendable(body)
  })
})

test('a call without a function', async () => {
  const call = { name: 'add', arguments: numbers }
  const upstream = await upstreamFor([{ parts: [{ call }], quirks: ['no_function'] }, {}])
  const { recorded, outcome } = begin(fakeTarget(upstream.baseUrl, 'chat_completions'))
  expect(await outcome).toEqual({ status: 'completed' })
  expect(recorded.message.parts).toMatchObject([{ name: 'unnamed_tool' }, { type: 'text' }])
  expectSendable(upstream.calls[1]?.body)
})

test.for(['responses', 'chat_completions'] as const)(
  'a history that holds such calls already is repaired when it is read, on %s',
  async (api) => {
    const names = ['functions.add', 'my tool', '', 'é'.repeat(80), null]
    const history: Item[] = names.flatMap((name, index) => [
      userItem(`Question ${index}`),
      { type: 'function_call', callId: index === 2 ? '' : `c${index}`, name, arguments: '{"a"' },
      { type: 'function_call_result', callId: index === 2 ? '' : `c${index}`, name, output: 'No.' },
    ])
    const upstream = await upstreamFor({})
    const { outcome } = begin(fakeTarget(upstream.baseUrl, api), agentWith([add]), { history })
    expect(await outcome).toEqual({ status: 'completed' })
    expectSendable(upstream.calls[0]?.body)
    expect(JSON.stringify(upstream.calls[0]?.body)).not.toContain('Whether it took effect')
  },
)

test('an exception of our own is no lost connection and not tried again', async () => {
  const upstream = await upstreamFor({})
  const throwing = () => ({
    getResponse: () => Promise.reject(new Error('secret detail')),
    getStreamedResponse: () => {
      throw new TypeError("Cannot read properties of undefined (reading 'secret')")
    },
  })
  const { recorded, outcome } = begin(
    fakeTarget(upstream.baseUrl, 'responses'),
    agentWith([]),
    {},
    { createModel: throwing },
  )
  const ended = await outcome
  expect(ended).toMatchObject({ status: 'failed', code: 'internal' })
  expect(JSON.stringify(ended)).not.toContain('secret')
  expect(recorded.eventsOf('retry')).toEqual([])
  expect(recorded.ledger.rows).toMatchObject([{ status: 'failed', refused: true }])
})

/** Every call of the request has a name, an id and arguments that any provider takes. */
function expectSendable(body: unknown): void {
  const calls = [
    ...listAt(body, 'messages').flatMap((message) => listAt(message, 'tool_calls')),
    ...listAt(body, 'input').filter((item) => textAt(item, 'type') === 'function_call'),
  ]
  expect(calls.length).toBeGreaterThan(0)
  for (const call of calls) {
    const named = recordAt(call, 'function') ?? call
    expect(textAt(named, 'name')).toMatch(/^[a-zA-Z0-9_-]{1,64}$/)
    expect(textAt(call, 'call_id') || textAt(call, 'id')).not.toBe('')
    const parsed: unknown = JSON.parse(textAt(named, 'arguments'))
    expect(isRecord(parsed)).toBe(true)
  }
}
