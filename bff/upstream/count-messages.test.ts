import { once } from 'node:events'
import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http'
import { json } from 'node:stream/consumers'
import type { ModelRequest } from '@openai/agents'
import { expect, onTestFinished, test } from 'vitest'
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

interface Answer {
  status?: number
  body: string
}

async function counted({ status = 200, body }: Answer) {
  const asked: { url: string | undefined; headers: IncomingHttpHeaders; body: unknown }[] = []
  const handle = async (request: IncomingMessage, response: ServerResponse) => {
    asked.push({ url: request.url, headers: request.headers, body: await json(request) })
    response.writeHead(status).end(body)
  }
  const server = createServer((request, response) => void handle(request, response))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => void server.close())
  const { port } = Object(server.address())
  const target = { ...TARGET, baseUrl: `http://127.0.0.1:${port}/v1/` }
  const tokens = await countMessages(REQUEST, target, AbortSignal.timeout(10_000))
  return { tokens, asked: asked[0] }
}

test('Anthropic counts the request in the words of its own API', async () => {
  const { tokens, asked } = await counted({ body: '{"input_tokens":412}' })

  expect(tokens).toBe(412)
  expect(asked?.url).toBe('/v1/messages/count_tokens')
  expect(asked?.headers['x-api-key']).toBe(TARGET.apiKey)
  expect(asked?.headers['anthropic-version']).toBe('2023-06-01')
  expect(asked?.headers.authorization).toBeUndefined()
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
  { status: 404, body: 'no' },
  { body: '{"input_tokens":"many"}' },
  { body: '{"input_tokens":0}' },
  { body: '[]' },
])('what is no count is none', async (answer) => {
  expect((await counted(answer)).tokens).toBeNull()
})

test('only at its own address', () => {
  expect(isAnthropic(TARGET)).toBe(true)
  expect(isAnthropic({ baseUrl: 'https://api.anthropic.com.evil.test/v1' })).toBe(false)
  expect(isAnthropic({ baseUrl: null })).toBe(false)
})
