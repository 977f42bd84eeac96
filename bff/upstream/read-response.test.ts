import { Readable } from 'node:stream'
import { expect, test } from 'vitest'
import { turnsDuring } from '../testing/turns-during.ts'
import { readEvents } from './read-response.ts'
import { PacketResponse } from './upstream-fetch.ts'

test('other work gets its turn between the packets of an answer that comes at once', async () => {
  const packet = new TextEncoder().encode('data: {"text":"A river bends."}\n\n'.repeat(2_000))
  const packets = Array.from({ length: 50 }, () => packet)
  let events = 0
  const turns = await turnsDuring(async () => {
    const response = new Response(ReadableStream.from(packets))
    const parse = () => {
      events += 1
      return []
    }
    for await (const _ of readEvents(response, { maxBytes: Infinity }, parse)) expect.fail()
  })
  expect(events).toBe(100_000)
  expect(turns).toBeGreaterThan(5)
})

const packetsOf = (...texts: string[]) =>
  new PacketResponse(Readable.from(texts.map((text) => Buffer.from(text))), {})

async function readAll(response: Response, parse: (data: string) => string[]) {
  const seen: string[] = []
  const reading = async () => {
    const limits = { maxBytes: Infinity }
    for await (const items of readEvents(response, limits, ({ data }) => parse(data))) {
      seen.push(...items)
    }
  }
  const error: unknown = await reading().then(
    () => null,
    (thrown: unknown) => thrown,
  )
  return { seen, error }
}

test('what came before an event that cannot be read is read first', async () => {
  const response = packetsOf('data: "a"\n\ndata: "b"\n\ndata: {\n\ndata: "c"\n\n')
  const { seen, error } = await readAll(response, (data) => [String(JSON.parse(data))])
  expect(seen).toEqual(['a', 'b'])
  expect(error).toBeInstanceOf(SyntaxError)
})

test('a reader that is slow holds back what comes', async () => {
  const texts = Array.from({ length: 1000 }, (_, index) => `data: ${index}\n\n`)
  let sent = 0
  const source = function* () {
    for (const text of texts) {
      sent += 1
      yield Buffer.from(text)
    }
  }
  const response = new PacketResponse(Readable.from(source()), {})
  const events = readEvents(response, { maxBytes: Infinity }, ({ data }) => [data])
  await events.next()
  for (let turn = 0; turn < 5; turn += 1) await new Promise(setImmediate)
  expect(sent).toBeLessThan(100)
  let read = 1
  for await (const items of events) read += items.length
  expect(read).toBe(1000)
})
