// What real Chat servers get wrong still works: text is read, every tool gets its own arguments.
import { expect, test } from 'vitest'
import { z } from 'zod'
import type { Answer, ChatQuirk } from '../../e2e/fake-answer.ts'
import { defineTool } from '../runtime/define-tool.ts'
import { fakeTarget } from '../testing/recorded-run.ts'
import { agentWith, begin, upstreamFor } from '../testing/begin-run.ts'

const weather = defineTool({
  name: 'weather',
  description: 'Tells the weather.',
  parameters: z.object({ city: z.string() }),
  execute: ({ city }) => `sunny in ${city}`,
})
const now = defineTool({
  name: 'now',
  description: 'Tells the time.',
  parameters: z.object({}),
  execute: () => 'noon',
})

const twoCalls: Answer['parts'] = [
  { text: 'Let me look.' },
  { call: { name: 'weather', arguments: { city: 'Oslo' } } },
  { call: { name: 'weather', arguments: { city: 'Bergen' } } },
  { call: { name: 'now', arguments: {} } },
]

test.for<{ quirks: ChatQuirk[] }>([
  { quirks: [] },
  { quirks: ['no_tool_index'] },
  { quirks: ['same_tool_index'] },
  { quirks: ['repeated_tool_name'] },
  { quirks: ['object_arguments'] },
  { quirks: ['no_call_id'] },
  { quirks: ['same_call_id'] },
  { quirks: ['no_choice_index'] },
  { quirks: ['finish_stop'] },
  { quirks: ['whole_calls', 'same_tool_index', 'no_call_id'] },
  { quirks: ['whole_calls', 'no_tool_index', 'same_call_id'] },
])('a server with $quirks works', async ({ quirks }) => {
  const upstream = await upstreamFor([
    { parts: twoCalls, quirks },
    { parts: twoCalls, quirks },
    { parts: [{ text: 'Sunny.' }], quirks },
  ])
  const target = fakeTarget(upstream.baseUrl, 'chat_completions')
  const { recorded, outcome } = begin(target, agentWith([weather, now]))
  expect(await outcome).toEqual({ status: 'completed' })
  const tools = recorded.message.parts.filter((part) => part.type === 'tool_call')
  const turn = ['sunny in Oslo', 'sunny in Bergen', 'noon']
  expect(tools.map(({ output }) => output)).toEqual([...turn, ...turn])
  expect(new Set(tools.map(({ callId }) => callId)).size).toBe(6)
  expect(recorded.text).toBe('Let me look.\n\nLet me look.\n\nSunny.')
})

test.for(['reasoning', 'reasoning_content'] as const)(
  'reasoning sent as %s is shown, and given back under the same name within the run',
  async (reasoningKey) => {
    const call = { name: 'now', arguments: {} }
    const upstream = await upstreamFor([
      { parts: [{ reasoning: 'I need the time.' }, { call }], reasoningKey },
      {},
    ])
    const target = fakeTarget(upstream.baseUrl, 'chat_completions')
    const { recorded, outcome } = begin(target, agentWith([now]))
    expect(await outcome).toEqual({ status: 'completed' })
    expect(recorded.message.parts[0]).toMatchObject({ type: 'reasoning', text: 'I need the time.' })
    const messages = JSON.stringify(upstream.calls[1]?.body['messages'])
    expect(messages).toContain(`"${reasoningKey}":"I need the time."`)
  },
)

test('messages are sent in the plainest form', async () => {
  const upstream = await upstreamFor([
    { parts: [{ text: 'Looking.' }, { call: { name: 'now', arguments: '{"broken' } }] },
    {},
  ])
  const target = fakeTarget(upstream.baseUrl, 'chat_completions')
  const { outcome } = begin(target, agentWith([now]), {
    history: [
      { role: 'user', content: 'One.' },
      { role: 'user', content: 'Two.' },
    ],
  })
  await outcome
  expect(upstream.calls[1]?.body['messages']).toMatchObject([
    { role: 'system' },
    { role: 'user', content: 'One.\n\nTwo.' },
    {
      role: 'assistant',
      content: 'Looking.',
      tool_calls: [{ function: { arguments: '{"unreadable_arguments":"{\\"broken"}' } }],
    },
    { role: 'tool' },
  ])
})
