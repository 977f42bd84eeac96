import type { ModelRequest } from '@openai/agents'
import { expect, test } from 'vitest'
import { countMessages, isAnthropic } from './count-messages.ts'
import { modelInput } from '../runtime/history.ts'
import { toolResultItem, userItem } from './items.ts'
import { fakeTarget } from '../testing/recorded-run.ts'
import type { Item } from './types.ts'

const TARGET = fakeTarget('https://api.anthropic.com/v1/', 'chat_completions', {
  model: 'claude-sonnet-4-5',
})

const HISTORY: Item[] = [
  userItem('What is 17 * 23?'),
  { type: 'function_call', callId: 'call.1', name: 'calculate', arguments: '{"expression":"17"}' },
  toolResultItem('call.1', 'calculate', '391'),
  { type: 'message', role: 'assistant', content: [{ type: 'output_text', text: 'It is 391.' }] },
  userItem('Sure?'),
]

const REQUEST: ModelRequest = {
  systemInstructions: 'Be brief.',
  input: await modelInput(HISTORY),
  modelSettings: {},
  tools: [
    {
      type: 'function',
      name: 'calculate',
      description: 'Computes.',
      parameters: { type: 'object', properties: {}, required: [], additionalProperties: false },
      strict: true,
      deferLoading: false,
    },
  ],
  handoffs: [],
  outputType: 'text',
  tracing: false,
}

async function counted(answer: Response) {
  const asked: { url: string; headers: Headers; body: unknown }[] = []
  const tokens = await countMessages(
    REQUEST,
    TARGET,
    AbortSignal.timeout(1000),
    async (url, { headers, body } = {}) => {
      const text = typeof body === 'string' ? body : ''
      asked.push({
        url: url instanceof Request ? url.url : url.toString(),
        headers: new Headers(headers),
        body: JSON.parse(text),
      })
      return answer
    },
  )
  return { tokens, asked: asked[0] }
}

test('Anthropic counts the request in the words of its own API', async () => {
  const { tokens, asked } = await counted(Response.json({ input_tokens: 412 }))

  expect(tokens).toBe(412)
  expect(asked?.url).toBe('https://api.anthropic.com/v1/messages/count_tokens')
  expect(asked?.headers.get('x-api-key')).toBe(TARGET.apiKey)
  expect(asked?.headers.get('anthropic-version')).toBe('2023-06-01')
  expect(asked?.body).toEqual({
    model: 'claude-sonnet-4-5',
    system: 'Be brief.',
    tools: [
      {
        name: 'calculate',
        description: 'Computes.',
        input_schema: { type: 'object', properties: {}, required: [], additionalProperties: false },
      },
    ],
    messages: [
      { role: 'user', content: [{ type: 'text', text: 'What is 17 * 23?' }] },
      {
        role: 'assistant',
        content: [
          { type: 'tool_use', id: 'call_1', name: 'calculate', input: { expression: '17' } },
        ],
      },
      {
        role: 'user',
        content: [{ type: 'tool_result', tool_use_id: 'call_1', content: '391' }],
      },
      { role: 'assistant', content: [{ type: 'text', text: 'It is 391.' }] },
      { role: 'user', content: [{ type: 'text', text: 'Sure?' }] },
    ],
  })
})

test.each([
  new Response('no', { status: 404 }),
  Response.json({ input_tokens: 'many' }),
  Response.json({ input_tokens: 0 }),
  Response.json([]),
])('what is no count is none', async (answer) => {
  expect((await counted(answer)).tokens).toBeNull()
})

test('only at its own address', () => {
  expect(isAnthropic(TARGET)).toBe(true)
  expect(isAnthropic({ baseUrl: 'https://api.anthropic.com.evil.test/v1' })).toBe(false)
  expect(isAnthropic({ baseUrl: null })).toBe(false)
})
