import { Readable } from 'node:stream'
import { APIError } from 'openai'
import { expect, test } from 'vitest'
import { UpstreamClient } from './upstream-client.ts'
import { PacketResponse } from './upstream-fetch.ts'
import { chunkText, UpstreamStream } from './upstream-stream.ts'

/** What a caller of the client reads from an answer that comes in these packets. */
async function read(packets: Uint8Array[], onLeft = () => {}): Promise<unknown[]> {
  const seen: unknown[] = []
  for await (const chunk of await ask(packets, onLeft)) seen.push(chunk.choices[0]?.delta.content)
  return seen
}

function ask(packets: Uint8Array[], onLeft: () => void) {
  const waiting = [...packets]
  const body = new ReadableStream<Uint8Array>({
    pull: (controller) => {
      const packet = waiting.shift()
      if (packet === undefined) controller.close()
      else controller.enqueue(packet)
    },
    cancel: onLeft,
  })
  const client = new UpstreamClient({
    apiKey: 'none',
    fetch: () =>
      Promise.resolve(new Response(body, { headers: { 'content-type': 'text/event-stream' } })),
  })
  return client.chat.completions.create({ model: 'm', messages: [], stream: true })
}

const said = (content: string) => JSON.stringify({ choices: [{ delta: { content } }] })
const bytes = (text: string) => new TextEncoder().encode(text)
const WHOLE = `data: ${said('Grüße')}\n\n: still here\n\ndata: ${said('💥')}\r\n\r\ndata: [DONE]\n\n`

test('it reads the same events wherever the packets are cut', async () => {
  const all = bytes(WHOLE)
  for (let cut = 1; cut < all.length; cut += 1) {
    expect(await read([all.subarray(0, cut), all.subarray(cut)])).toEqual(['Grüße', '💥'])
  }
  expect(await read([...all].map((byte) => Uint8Array.of(byte)))).toEqual(['Grüße', '💥'])
})

test('nothing is read after the end, and the last event needs no empty line', async () => {
  expect(await read([bytes(`${WHOLE}data: ${said('more')}\n\n`)])).toEqual(['Grüße', '💥'])
  expect(await read([bytes(`data: ${said('all')}`)])).toEqual(['all'])
})

test.each([
  ['an error in the data', 'data: {"error":{"message":"Too much"}}\n\n'],
  ['an error event', 'event: error\ndata: {"message":"Too much"}\n\n'],
])('%s is thrown with what the provider said', async (_, text) => {
  const error: unknown = await read([bytes(text)]).catch((thrown: unknown) => thrown)
  expect(error).toBeInstanceOf(APIError)
  expect(error).toMatchObject({ error: { message: 'Too much' } })
})

test('data that is not JSON is a syntax error', async () => {
  await expect(read([bytes('data: {"choices"\n\n')])).rejects.toThrow(SyntaxError)
})

test('whoever leaves early closes the connection', async () => {
  const { promise: left, resolve } = Promise.withResolvers<string>()
  const many = Array.from({ length: 100 }, () => bytes(`data: ${said('on')}\n\n`))
  for await (const _ of await ask(many, () => resolve('left'))) break
  expect(await left).toBe('left')
})

async function readObserved(events: object[], takes: (event: unknown) => boolean) {
  async function* packets() {
    for (const event of events) yield bytes(`data: ${JSON.stringify(event)}\n\n`)
  }
  const observer = { onBytes: () => {}, onResend: () => {}, takes }
  const response = new PacketResponse(Readable.from(packets()), {}, observer)
  const stream = UpstreamStream.fromSSEResponse<object>(response, new AbortController())
  const seen: object[] = []
  for await (const event of stream) seen.push(event)
  return seen
}

test('the SDK sees no delta that the observer has taken, and everything else', async () => {
  const events = [
    'response.created',
    'response.output_text.delta',
    'response.reasoning_text.delta',
    'response.output_item.done',
    'response.output_text.delta',
    'response.completed',
  ].map((type) => ({ type, delta: type }))
  const taken: unknown[] = []
  const rest = await readObserved(events, (event) => taken.push(event) > 0)
  expect(taken).toEqual([events[1], events[2], events[4]])
  expect(rest).toEqual([events[0], events[3], events[5]])
  expect(await readObserved(events, () => false)).toEqual(events)
})

const chunkOf = (delta: object, more = {}) => ({
  id: 'chatcmpl-1',
  model: 'm',
  choices: [{ index: 0, delta, finish_reason: null }],
  ...more,
})
const call = { index: 0, id: 'call_1', function: { name: 'look_up', arguments: '{}' } }
const usage = { prompt_tokens: 1, completion_tokens: 2, total_tokens: 3 }
const CHUNKS = [
  chunkOf({ role: 'assistant', content: '' }),
  chunkOf({ content: 'A river ' }),
  chunkOf({ content: 'bends.' }),
  chunkOf({ content: ' So', tool_calls: [call] }),
  chunkOf({ content: ' it' }),
  chunkOf({ content: ' is' }, { usage }),
  chunkOf({ content: ' said.' }),
]

test('chat text that is taken reaches the SDK as one chunk, before what follows it', async () => {
  const taken: string[] = []
  const passed = await readObserved(CHUNKS, (chunk) => taken.push(chunkText(chunk)) > 0)
  expect(taken).toEqual(['A river ', 'bends.', ' it', ' said.'])
  expect(passed).toEqual([
    CHUNKS[0],
    chunkOf({ content: 'A river bends.' }),
    CHUNKS[3],
    chunkOf({ content: ' it' }),
    CHUNKS[5],
    chunkOf({ content: ' said.' }),
  ])
})

test('chat text that nothing takes is passed on as it came', async () => {
  expect(await readObserved(CHUNKS, () => false)).toEqual(CHUNKS)
})
