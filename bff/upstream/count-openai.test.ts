// Counting before sending on Chat Completions: the same request that a run would send.
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { json } from 'node:stream/consumers'
import { expect, onTestFinished, test } from 'vitest'
import { z } from 'zod'
import { countInput } from '../runtime/count-input.ts'
import { defineTool } from '../runtime/define-tool.ts'
import { userItem } from './items.ts'
import { fakeTarget, RecordedLedger } from '../testing/recorded-run.ts'
import { agentWith } from '../testing/begin-run.ts'

type Body = Record<string, unknown>

async function serve(answers: Record<string, (body: Body) => object>) {
  const asked: { url: string; body: Body }[] = []
  const handle = async (request: IncomingMessage, response: ServerResponse) => {
    const { url = '' } = request
    const body: Body = Object(await json(request))
    asked.push({ url, body })
    const answer = answers[url]
    response.writeHead(answer === undefined ? 404 : 200, { 'content-type': 'application/json' })
    response.end(JSON.stringify(answer?.(body) ?? {}))
  }
  const server = createServer((request, response) => void handle(request, response))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => void server.close())
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return { asked, baseUrl: `http://127.0.0.1:${address.port}/v1` }
}

const tool = defineTool({
  name: 'tool',
  description: 'A tool.',
  parameters: z.object({}),
  execute: () => 'done',
})

async function count(baseUrl: string, countsWith: 'input_tokens' | 'tokenize') {
  const ledger = new RecordedLedger()
  const target = fakeTarget(baseUrl, 'chat_completions', { kind: 'discovered', countsWith })
  const asked = {
    conversationId: null,
    agent: 'assistant',
    settings: {},
    target,
    history: [userItem('What was said before.')],
    item: userItem('And now?'),
  }
  const parts = { findAgent: () => agentWith([tool]), fallbacksOf: () => new Set<never>() }
  const tokens = await countInput(asked, ledger, parts)
  return { tokens, rows: ledger.rows }
}

test('the endpoint of llama.cpp counts instructions, tools and every message', async () => {
  const { asked, baseUrl } = await serve({
    '/v1/chat/completions/input_tokens': () => ({ input_tokens: 1064 }),
  })
  const { tokens, rows } = await count(baseUrl, 'input_tokens')
  expect(tokens).toBe(1064)
  expect(rows).toMatchObject([{ purpose: 'count', status: 'completed', refused: true }])
  expect(asked).toHaveLength(1)
  expect(asked[0]?.body).toMatchObject({
    model: 'fake-model',
    messages: [{ role: 'system' }, { role: 'user', content: 'What was said before.\n\nAnd now?' }],
    tools: [{ function: { name: 'tool' } }],
  })
})

test('the tokenizer of vLLM takes the messages', async () => {
  const { asked, baseUrl } = await serve({
    '/tokenize': () => ({ count: 812, max_model_len: 4096 }),
  })
  expect((await count(baseUrl, 'tokenize')).tokens).toBe(812)
  expect(asked.at(-1)?.body).toMatchObject({ add_generation_prompt: true, messages: [{}, {}] })
})

test('an older llama.cpp counts the prompt that it makes of them', async () => {
  const { asked, baseUrl } = await serve({
    '/apply-template': ({ messages }) => ({ prompt: JSON.stringify(messages) }),
    '/tokenize': ({ content }) => ({
      tokens: String(content)
        .split('')
        .map(() => 1),
    }),
  })
  const { tokens } = await count(baseUrl, 'tokenize')
  expect(tokens).toBeGreaterThan(100)
  expect(asked.map(({ url }) => url)).toEqual(['/apply-template', '/tokenize'])
})

test('whoever does not count says nothing', async () => {
  const { baseUrl } = await serve({})
  expect((await count(baseUrl, 'input_tokens')).tokens).toBeNull()
  expect((await count(baseUrl, 'tokenize')).tokens).toBeNull()
})
