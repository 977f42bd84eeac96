// Temporary conversations over HTTP: where they are not found, when they are deleted, and what is left of them.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import * as z from 'zod/mini'
import { ConversationPage } from '#shared/api.ts'
import { closeCall } from '../ledger/calls/call-store.ts'
import { sampleCall } from '../testing/ledger-calls.ts'
import { hangsAfter, says, type StartedRuns, startRuns, textOf } from '../testing/runs.ts'
import { uploadFile } from '../testing/uploads.ts'

const MARKER = 'Persimmon-4711'

const json = async (tally: StartedRuns, path: string): Promise<object> =>
  Object(await (await tally.request(path)).json())

const status = async (tally: StartedRuns, id: string) =>
  (await tally.request(`/api/conversations/${id}`)).status

const page = (id: string, name: string) => `/api/conversations/${id}/pages/${name}`

/** Where the marker still is in the data folder, in names and in bytes. */
function tracesIn(folder: string): string[] {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
  return files
    .filter((entry) => entry.isFile())
    .flatMap(({ parentPath, name }) => {
      const text = name + readFileSync(join(parentPath, name), 'latin1')
      const at = text.indexOf(MARKER)
      return at < 0 ? [] : `${name}: ${text.slice(Math.max(0, at - 200), at + 50)}`
    })
}

test('a temporary conversation is in no list, search, wait list or export, until it is kept', async () => {
  const tally = await startRuns(says(`I say ${MARKER}.`))
  const { id, temporary, title } = await tally.create({ temporary: true })
  expect({ temporary, title }).toEqual({ temporary: true, title: 'Temporary chat' })
  await tally.ended((await tally.start(id, { text: `Remember ${MARKER}` })).id)
  const found = async () => {
    const listed = [false, true].map((archived) =>
      json(tally, `/api/conversations?archived=${archived}&order=newest`),
    )
    const search = json(tally, `/api/search?q=${MARKER}`)
    const exported = await (await tally.request('/api/export')).bytes()
    const isExported = Buffer.from(exported).includes(id)
    return { listed: (await Promise.all(listed)).concat(await search), isExported }
  }
  const none = { items: [], nextCursor: null }
  await new Promise((resolve) => setTimeout(resolve, 300))
  expect(await found()).toMatchObject({ listed: [none, none, { items: [] }], isExported: false })
  // The money is exported without it.
  const everything = await (await tally.request('/api/export')).bytes()
  expect(Buffer.from(everything).includes('ledger')).toBe(true)

  const bulk = { ids: [id], change: { pinned: true } }
  expect((await tally.send('POST', '/api/conversations/bulk', bulk)).status).toBe(404)
  const pin = await tally.send('PATCH', `/api/conversations/${id}`, { pinned: true })
  expect(await pin.json()).toMatchObject({ code: 'bad_request' })

  const kept = await tally.send('PATCH', `/api/conversations/${id}`, { temporary: false })
  expect(await kept.json()).toMatchObject({ id, title: `Remember ${MARKER}` })
  await tally.send('DELETE', page(id, 'a'))
  await expect
    .poll(async () => JSON.stringify(await json(tally, `/api/search?q=${MARKER}`)), {
      timeout: 5000,
    })
    .toContain(id)
  const { items } = ConversationPage.parse(await json(tally, '/api/conversations'))
  expect(items).toMatchObject([{ id, title: `Remember ${MARKER}` }])
  expect(items[0]).not.toHaveProperty('temporary')
})

test('closing it deletes every trace of its texts and files, and keeps its money', async () => {
  let answer = ['Good morning']
  const tally = await startRuns((run) => says(...answer)(run))
  const other = await tally.say('Hello')
  await tally.ended(other.id)
  answer = ['It is ', `${MARKER}, `, 'surely.']
  const file = await uploadFile(tally, `${MARKER}.txt`, `Some text about ${MARKER}`)
  const settings = { instructions: `Always say ${MARKER}` }
  const { id } = await tally.create({ temporary: true, settings })
  await tally.send('PUT', page(id, 'a'))
  for (const text of [`Say ${MARKER}`, `${MARKER} `.repeat(5000)]) {
    await tally.ended((await tally.start(id, { text, files: [{ id: file.id, send: 'whole' }] })).id)
  }
  const { folder } = tally.parts
  expect(tracesIn(folder)).not.toEqual([])
  await closeCall(tally.parts.db, sampleCall({ conversationId: id, costNanoUsd: 4711 }))

  await tally.send('DELETE', page(id, 'a'))
  await expect.poll(() => tracesIn(folder), { timeout: 4000 }).toEqual([])
  expect(await status(tally, id)).toBe(404)
  expect((await tally.send('POST', `/api/conversations/${id}/restore`)).status).toBe(404)
  expect((await tally.request(`/api/files/${file.id}`)).status).toBe(404)
  expect(await json(tally, '/api/usage/summary?by=conversation')).toMatchObject({
    totals: { costNanoUsd: 4711 },
    groups: [{ key: id, label: 'Deleted conversation', deleted: true }],
  })
  expect(await status(tally, other.conversationId)).toBe(200)
})

test('it lives as long as one page has it open, and an active run is stopped with it', async () => {
  const texts = ['Good morning', MARKER]
  const tally = await startRuns((run) => hangsAfter(texts.shift() ?? '')(run))
  const { db, folder, errors } = tally.parts
  // Keeps the rows of the journal that have the events of both.
  const other = await tally.say('Hello')
  await expect.poll(() => texts).toEqual([MARKER])
  const { id } = await tally.create({ temporary: true })
  const run = await tally.start(id)
  await expect.poll(() => tracesIn(folder)).not.toEqual([])
  await tally.send('PUT', page(id, 'a'))
  await tally.send('PUT', page(id, 'b'))
  const closed = async (name: string) => (await tally.send('DELETE', page(id, name))).json()
  expect(await closed('a')).toEqual({ deleted: false })
  await new Promise((resolve) => setTimeout(resolve, 100))
  expect(await status(tally, id)).toBe(200)
  expect(await closed('b')).toEqual({ deleted: true })
  await expect.poll(() => tracesIn(folder), { timeout: 4000 }).toEqual([])
  expect(await status(tally, id)).toBe(404)
  expect((await tally.request(`/api/runs/${run.id}`)).status).toBe(404)
  const journal = await db.kysely.selectFrom('run_journal').select('events').execute()
  expect(JSON.stringify(journal)).toContain(other.id)
  expect(errors).toEqual([])
  await tally.parts.end()
  const again = await startRuns(says('Hi'), { folder })
  expect(textOf(await again.ended(other.id))).toBe('Good morning')
})

test('a reload keeps it, a page that crashed does not, nor one that never came back', async () => {
  const tally = await startRuns(says('Hi'), { times: { leaseMs: 400, reloadMs: 100 } })
  const [crashed, reloaded, gone] = await Promise.all(
    [1, 2, 3].map(async () => (await tally.create({ temporary: true })).id),
  )
  if (!crashed || !reloaded || !gone) throw new Error('three were made')
  for (const id of [crashed, reloaded, gone]) await tally.send('PUT', page(id, 'a'))
  await tally.send('DELETE', `${page(reloaded, 'a')}?mayReturn=true`)
  await tally.send('DELETE', `${page(gone, 'a')}?mayReturn=true`)
  await tally.send('PUT', page(reloaded, 'b'))
  const renewing = setInterval(() => void tally.send('PUT', page(reloaded, 'b')), 100)
  await expect.poll(() => status(tally, gone)).toBe(404)
  expect(await status(tally, crashed)).toBe(200)
  await expect.poll(() => status(tally, crashed), { timeout: 3000 }).toBe(404)
  expect(await status(tally, reloaded)).toBe(200)
  clearInterval(renewing)
  await tally.send('DELETE', `${page(reloaded, 'b')}?mayReturn=true`)
  await tally.send('PUT', page(reloaded, 'c'))
  const closed = await tally.send('DELETE', page(reloaded, 'c'))
  expect(await closed.json()).toEqual({ deleted: true })
})

test('after a start it waits for its pages, and what was closed before is purged', async () => {
  const tally = await startRuns(says('Hi'))
  const { folder } = tally.parts
  const open = await tally.create({ temporary: true })
  const left = await tally.create({ temporary: true })
  await tally.parts.end()

  const again = await startRuns(says('Hi'), { folder, times: { startMs: 300 } })
  await again.send('PUT', page(open.id, 'a'))
  expect(await status(again, left.id)).toBe(200)
  await expect.poll(() => status(again, left.id), { timeout: 3000 }).toBe(404)
  expect(await status(again, open.id)).toBe(200)
})

test('a branch of a temporary conversation is temporary, and not deleted while it is copied', async () => {
  const tally = await startRuns(says('Hi'))
  const { id } = await tally.create({ temporary: true })
  const run = await tally.start(id)
  await tally.ended(run.id)
  const branch = await tally.send('POST', `/api/messages/${run.messageId}/branch`)
  expect(await branch.json()).toMatchObject({ temporary: true })
})

test('in a folder it is refused, and of other conversations pages may say anything', async () => {
  const tally = await startRuns(says('Hi'))
  const made = await tally.send('POST', '/api/folders', { name: 'Work' })
  const folder = z.object({ id: z.string() }).parse(await made.json())
  const refused = await tally.send('POST', '/api/conversations', {
    temporary: true,
    folderId: folder.id,
  })
  expect(refused.status).toBe(400)
  const { id } = await tally.create()
  expect((await tally.send('PUT', page(id, 'a'))).status).toBe(200)
  expect(await (await tally.send('DELETE', page(id, 'a'))).json()).toEqual({ deleted: false })
  await new Promise((resolve) => setTimeout(resolve, 50))
  expect(await status(tally, id)).toBe(200)
  expect((await tally.send('PUT', page(crypto.randomUUID(), 'a'))).status).toBe(404)
  expect((await tally.send('PUT', page(id, 'x'.repeat(65)))).status).toBe(400)
})
