// Files that mean harm or are broken: each is refused or tamed with a sentence, and the rest is kept.
import { readdirSync } from 'node:fs'
import { request as httpRequest } from 'node:http'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { crc32, deflateRawSync } from 'node:zlib'
import { expect, test } from 'vitest'
import {
  chatgptConversation,
  chatgptNode as node,
  importAll,
  importJob,
  settled,
  upload,
} from '../testing/imports.ts'
import { inLanguage } from '../http/language.ts'
import { says, startRuns } from '../testing/runs.ts'
import { makeZip } from '../testing/zip.ts'

const GOOD = chatgptConversation('good', 'Good', [
  node('u', null, 'user', 'Hello'),
  node('a', 'u', 'assistant', 'Hi'),
])

async function imported(body: string | Buffer, name?: string) {
  const tally = await startRuns(says('Hi'))
  const job = await importAll(tally, body, name)
  expect(tally.parts.errors).toEqual([])
  expect(({} as Record<string, unknown>)['polluted']).toBe(undefined)
  await expect.poll(() => readdirSync(join(tally.parts.folder, 'imports'))).toEqual([])
  return { tally, job }
}

test('a cycle loses its own messages only', async () => {
  const circle = [node('x', 'y', 'user', 'x'), node('y', 'x', 'assistant', 'y')]
  const nodes = [node('u', null, 'user', 'Hello'), node('a', 'u', 'assistant', 'Hi'), ...circle]
  const { job } = await imported(JSON.stringify([chatgptConversation('c', 'Circle', nodes)]))
  expect(job.report).toMatchObject({
    messages: 2,
    leftOut: [{ reason: 'circles', count: 2 }],
  })
})

test('a branch of 100,000 messages is no recursion', async () => {
  const nodes = Array.from({ length: 100_000 }, (_, n) =>
    node(`n${n}`, n === 0 ? null : `n${n - 1}`, n % 2 === 0 ? 'user' : 'assistant', 'x'),
  )
  const tally = await startRuns(says('Hi'))
  const id = await upload(tally, JSON.stringify([chatgptConversation('c', 'Deep', nodes)]))
  expect(await settled(tally, id)).toMatchObject({ preview: { messages: 100_000 } })
  await tally.send('DELETE', `/api/imports/${id}`)
})

test('JSON nested 100,000 levels deep is left out, and the rest is kept', async () => {
  const deep = `{"mapping":${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}}`
  const { job } = await imported(`[${deep},${JSON.stringify(GOOD)}]`)
  expect(job.report).toMatchObject({
    conversations: 1,
    leftOut: [{ reason: 'too_deep', count: 1 }],
  })
})

test('a content of deep JSON that is not known is shown without its source', async () => {
  const nodes = [node('u', null, 'user', { content_type: 'odd', deep: 'HERE' })]
  const text = JSON.stringify([chatgptConversation('c', 'Odd', nodes)])
  const deep = '['.repeat(9_000) + ']'.repeat(9_000)
  const { job } = await imported(text.replace('"HERE"', deep))
  expect(job.report).toMatchObject({ messages: 1 })
})

test('names of prototypes are names', async () => {
  const text = JSON.stringify(GOOD).replace(
    '"mapping":{',
    '"__proto__":{"polluted":1},"mapping":{"__proto__":{"id":"p","parent":null,"message":{"polluted":1}},"constructor":7,',
  )
  const { job } = await imported(`[${text}]`)
  expect(job.report).toMatchObject({ conversations: 1, messages: 2 })
})

test.for([
  ['nothing known', '[{"hello":"world"}]', 'no export that Tally knows'],
  ['no JSON', 'hello', 'no export that Tally knows'],
  ['a broken zip', Buffer.from('PK\u0003\u0004broken'), 'damaged or incomplete'],
] as const)('%s is refused', async ([, body, problem]) => {
  const { job } = await imported(body)
  expect(job.state).toBe('failed')
  expect(job.problem).toContain(problem)
})

test('a file that ends early keeps what came before', async () => {
  const text = `[${JSON.stringify(GOOD)},${JSON.stringify(GOOD).slice(0, 300)}`
  const { job } = await imported(text)
  expect(job.report).toMatchObject({ conversations: 1, leftOut: [{ reason: 'cut_off' }] })
})

test('a zip bomb is not unpacked', async () => {
  const zip = await makeZip({ 'conversations.json': Buffer.alloc(64 * 1024 * 1024, ' ') })
  const { job } = await imported(zip, 'bomb.zip')
  expect(job).toMatchObject({ state: 'failed', problem: expect.stringContaining('far more') })
})

test('a zip whose entry is larger than it says is not read to its end', async () => {
  const { job } = await imported(lyingZip('conversations.json', 20 * 1024 * 1024, 100))
  expect(job.state).toBe('failed')
})

/** A zip with one entry that claims to be smaller than it is. */
function lyingZip(name: string, size: number, claimed: number): Buffer {
  const content = Buffer.alloc(size, ' ')
  const packed = deflateRawSync(content)
  const sizes = Buffer.alloc(12)
  sizes.writeUInt32LE(crc32(content), 0)
  sizes.writeUInt32LE(packed.length, 4)
  sizes.writeUInt32LE(claimed, 8)
  const nameLength = Buffer.from([name.length, 0, 0, 0])
  const common = Buffer.concat([Buffer.from([20, 0, 0, 0, 8, 0, 0, 0, 0, 0]), sizes, nameLength])
  const local = Buffer.concat([Buffer.from('PK\u0003\u0004'), common, Buffer.from(name), packed])
  const rest = Buffer.alloc(14)
  const central = Buffer.concat([
    Buffer.from('PK\u0001\u0002'),
    Buffer.from([20, 0]),
    common,
    rest,
    Buffer.from(name),
  ])
  const end = Buffer.alloc(22)
  end.write('PK\u0005\u0006', 'latin1')
  end.writeUInt16LE(1, 8)
  end.writeUInt16LE(1, 10)
  end.writeUInt32LE(central.length, 12)
  end.writeUInt32LE(local.length, 16)
  return Buffer.concat([local, central, end])
}

test('an upload that stands still is dropped and leaves nothing', async () => {
  const tally = await startRuns(says('Hi'), { stallMs: 200 })
  const sending = httpRequest(`${tally.url}/api/imports`, { method: 'POST' })
  const status = new Promise<number | undefined>((resolve) => {
    sending.once('response', (response) => resolve(response.statusCode))
    sending.once('error', () => resolve(undefined))
  })
  sending.write('[{')
  expect(await status).toBe(408)
  sending.destroy()
  expect(readdirSync(join(tally.parts.folder, 'imports'))).toEqual([])
  const empty = await tally.request('/api/imports', { method: 'POST', body: '' })
  expect(empty.status).toBe(400)
})

test('a cancelled import is gone, and one that is not there is 404', async () => {
  const tally = await startRuns(says('Hi'))
  const id = await upload(tally, `[${JSON.stringify(GOOD)}]`)
  await settled(tally, id)
  expect((await tally.send('DELETE', `/api/imports/${id}`)).status).toBe(204)
  for (const [method, path] of [
    ['GET', ''],
    ['POST', '/start'],
    ['DELETE', ''],
  ] as const) {
    const init = { method, headers: { 'Content-Type': 'application/json' } }
    expect((await tally.request(`/api/imports/${id}${path}`, init)).status).toBe(404)
  }
  expect(readdirSync(join(tally.parts.folder, 'imports'))).toEqual([])
  const failed = await importAll(tally, 'hello')
  const again = await tally.send('POST', `/api/imports/${failed.id}/start`)
  expect(again.status).toBe(409)
})

test('an import goes on after a restart, and an upload that broke off is removed', async () => {
  const first = await startRuns(says('Hi'))
  const { folder } = first.parts
  const many = Array.from({ length: 300 }, (_, n) =>
    chatgptConversation(`c${n}`, n === 299 ? ' ' : `Title ${n}`, [
      node(`u${n}`, null, 'user', 'word '.repeat(200)),
      node(`a${n}`, `u${n}`, 'assistant', 'word '.repeat(200)),
    ]),
  )
  const id = await upload(first, JSON.stringify(many))
  await settled(first, id)
  await inLanguage('de', () =>
    first.parts.app.request(`/api/imports/${id}/start`, { method: 'POST' }),
  )
  while ((await importJob(first, id)).progress < 20) await wait(5)
  await first.parts.end()

  const second = await startRuns(says('Hi'), { folder })
  const done = await settled(second, id)
  expect(done).toMatchObject({
    state: 'done',
    progress: 300,
    report: { conversations: 300, extended: 0, unchanged: 0, messages: 600 },
  })
  // In the language of who started it.
  const untitled = await second.parts.db.kysely
    .selectFrom('conversations')
    .select('title')
    .where('title', 'not like', 'Title %')
    .execute()
  expect(untitled).toEqual([{ title: 'Ohne Titel' }])
  await expect.poll(() => readdirSync(join(folder, 'imports'))).toEqual([])
})
