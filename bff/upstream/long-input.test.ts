// A long conversation is sent as the SDK would send it in one step, and holds up nobody meanwhile.
import {
  type Model,
  type ModelRequest,
  OpenAIChatCompletionsModel,
  OpenAIResponsesModel,
} from '@openai/agents'
import { OpenAI } from 'openai'
import { describe, expect, test } from 'vitest'
import { nothingSeen, TolerantCompletions } from './chat-compat.ts'
import { modelInput } from '../runtime/history.ts'
import { incompleteMessage, toolResultItem, userItem } from './items.ts'
import { fakeTarget } from '../testing/recorded-run.ts'
import { encodeBody } from './request-body.ts'
import { upstreamFor } from '../testing/begin-run.ts'
import type { Item, ModelTarget } from './types.ts'
import { upstreamModel } from './upstream-model.ts'

function said(callId: string): Item {
  return { type: 'function_call', callId, name: 'calculate', arguments: '{"expression":"1"}' }
}

/** Nine items, in every order in which the Chat API joins some of them. */
function turn(n: number): Item[] {
  return [
    userItem(`Question ${n}`),
    userItem('And another'),
    said(`a${n}`),
    said(`b${n}`),
    toolResultItem(`b${n}`, 'calculate', '2 · ünïcödé 漢字 🙂'),
    toolResultItem(`a${n}`, 'calculate', '1'),
    incompleteMessage(`Let me see ${n}`),
    said(`c${n}`),
    incompleteMessage(`Answer ${n}`),
  ]
}

const TURNS = 350

async function requestOf(items: Item[]): Promise<ModelRequest> {
  return {
    systemInstructions: 'Be kind.',
    input: await modelInput(items),
    modelSettings: {},
    tools: [],
    outputType: 'text',
    handoffs: [],
    tracing: false,
  }
}

/** In one step, by the SDK alone. */
function plainModel({ baseUrl, api, model }: ModelTarget): Model {
  const client = new OpenAI({ apiKey: 'sk', baseURL: baseUrl ?? '', maxRetries: 0 })
  client.chat.completions = new TolerantCompletions(client, nothingSeen())
  return api === 'responses'
    ? new OpenAIResponsesModel(client, model)
    : new OpenAIChatCompletionsModel(client, model)
}

async function ask(model: Model, request: ModelRequest): Promise<void> {
  for await (const _ of model.getStreamedResponse(request));
}

/** How often other work got its turn while this was done. */
async function turnsDuring(work: () => Promise<unknown>): Promise<number> {
  let turns = 0
  let next = setImmediate(function count() {
    turns += 1
    next = setImmediate(count)
  })
  await work()
  clearImmediate(next)
  return turns
}

describe.for(['responses', 'chat_completions'] as const)('on %s', (api) => {
  test.for([
    ['turns with tools', Array.from({ length: TURNS }, (_, n) => turn(n)).flat()],
    [
      'one long loop of tools',
      [userItem('Go'), ...Array.from({ length: 500 }, (_, n) => said(`${n}`))],
    ],
    ['questions without answers', Array.from({ length: 300 }, (_, n) => userItem(`${n}`))],
  ] as const)('%s are sent as in one step', async ([, items]) => {
    const [ours, theirs] = [await upstreamFor({}), await upstreamFor({})]
    const request = await requestOf([...items])
    await ask(upstreamModel(fakeTarget(ours.baseUrl, api), 10_000), request)
    await ask(plainModel(fakeTarget(theirs.baseUrl, api)), request)
    expect(JSON.stringify(ours.calls[0]?.body)).toBe(JSON.stringify(theirs.calls[0]?.body))
    expect(ours.calls).toHaveLength(1)
  })

  test('others have their turn while 3,000 items are sent', async () => {
    const upstream = await upstreamFor({})
    const request = await requestOf(Array.from({ length: TURNS }, (_, n) => turn(n)).flat())
    const model = upstreamModel(fakeTarget(upstream.baseUrl, api), 10_000)
    const turns = await turnsDuring(() => ask(model, request))
    const few = await turnsDuring(() => ask(model, { ...request, input: 'Hello' }))
    // Thirty pieces of a hundred entries, and the body in pieces.
    expect(turns).toBeGreaterThan(few + 25)
  })
})

test.for([
  {},
  { a: undefined, b: null, c: [] },
  { list: [1, undefined, 'ü"\n', { deep: [undefined] }], text: '🙂'.repeat(60_000), end: true },
])('a body is written as JSON.stringify writes it (%#)', async (body) => {
  expect(new TextDecoder().decode(await encodeBody(body))).toBe(JSON.stringify(body))
})
