// Attached files and folders of Tally's own export, taken from one Tally and brought into another.
import { createHash } from 'node:crypto'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { Folder, FolderList } from '#shared/folders.ts'
import { PromptList } from '#shared/prompts.ts'
import { filesOf } from '../files/file-store.ts'
import { png } from '../testing/images.ts'
import { importAll, settled, upload } from '../testing/imports.ts'
import { says, startRuns, type StartedRuns } from '../testing/runs.ts'
import { uploadFile } from '../testing/uploads.ts'
import { makeZip, readZip } from '../testing/zip.ts'

const PICTURE = png(40, 30)
const TEXT = 'a,b\n1,2\n'
const hashOf = (bytes: string | Uint8Array) => createHash('sha256').update(bytes).digest('hex')

const createFolder = async (tally: StartedRuns, folder: object) =>
  Folder.parse(await (await tally.send('POST', '/api/folders', folder)).json())

async function filled() {
  const tally = await startRuns(says('I see.'))
  const folder = {
    name: 'Sums',
    instructions: 'Add up.',
    agent: 'assistant',
    model: 'gpt-x',
    budgetNanoUsd: 5_000_000_000,
  }
  await createFolder(tally, { name: 'Empty' })
  await tally.send('POST', '/api/prompts', { name: 'Sum', text: 'Add {{numbers}}' })
  const { id: folderId } = await createFolder(tally, folder)
  const picture = await uploadFile(tally, 'dot.png', PICTURE)
  const text = await uploadFile(tally, 'sums.csv', TEXT)
  const again = await uploadFile(tally, 'again.png', PICTURE)
  const say = async (files: string[]) => {
    const { id } = await tally.create({ folderId })
    const sent = files.map((fileId) => ({ id: fileId, send: 'whole' as const }))
    await tally.ended((await tally.start(id, { text: 'Look.', files: sent })).id)
    return id
  }
  const ids = [await say([picture.id, text.id]), await say([again.id])]
  return { tally, ids, files: [picture, text, again], text }
}

const zipOf = async (tally: StartedRuns) =>
  Buffer.from(await (await tally.request('/api/export')).arrayBuffer())

const exportOf = async (tally: StartedRuns, id: string) =>
  (await tally.request(`/api/conversations/${id}/export?format=jsonl`)).text()

/** Without the last line, whose hash is that of an order. */
const sorted = (text: string) => text.trimEnd().split('\n').slice(0, -1).toSorted()

const onDisk = (tally: StartedRuns) => readdirSync(join(tally.parts.folder, 'files')).toSorted()

const foldersOf = async (tally: StartedRuns) =>
  FolderList.parse(await (await tally.request('/api/folders')).json()).items

const promptsOf = async (tally: StartedRuns) =>
  PromptList.parse(await (await tally.request('/api/prompts')).json()).items

test('files, folders and prompts come back with the conversations, once', async () => {
  const { tally, ids, files } = await filled()
  const zip = await zipOf(tally)
  const other = await startRuns(says('Hi'))
  const job = await importAll(other, zip, 'tally.zip')
  expect(job).toMatchObject({
    state: 'done',
    preview: { files: 3, prompts: 1, leftOut: [] },
    report: { conversations: 2, files: 3, prompts: 1, leftOut: [] },
  })
  for (const { id, name, type } of files) {
    const [was, is] = await Promise.all([
      tally.request(`/api/files/${id}`),
      other.request(`/api/files/${id}`),
    ])
    expect(is.headers.get('content-type')).toBe(was.headers.get('content-type'))
    expect(is.headers.get('content-disposition')).toContain(name)
    expect(await is.bytes(), type).toEqual(await was.bytes())
  }
  for (const id of ids) {
    expect(sorted(await exportOf(other, id))).toEqual(sorted(await exportOf(tally, id)))
  }
  expect(onDisk(other)).toEqual([PICTURE, TEXT].map(hashOf).toSorted())
  expect(await foldersOf(other)).toEqual(await foldersOf(tally))
  expect(await promptsOf(other)).toMatchObject([{ name: 'Sum', text: 'Add {{numbers}}' }])

  const again = await importAll(other, zip, 'tally.zip')
  expect(again).toMatchObject({
    preview: { duplicates: 2, leftOut: [] },
    report: { conversations: 0, messages: 0, files: 0, prompts: 0, leftOut: [] },
  })
  expect(onDisk(other)).toHaveLength(2)
  expect(await foldersOf(other)).toHaveLength(2)
  expect(await promptsOf(other)).toHaveLength(1)
  expect([...(await readZip(await zipOf(other))).keys()]).toEqual([...(await readZip(zip)).keys()])
  expect(other.parts.errors).toEqual([])
})

test('a folder of the same name takes the conversations', async () => {
  const { tally, ids } = await filled()
  const other = await startRuns(says('Hi'))
  const mine = await createFolder(other, { name: 'Sums' })
  await importAll(other, await zipOf(tally), 'tally.zip')
  expect((await foldersOf(other)).map(({ name }) => name)).toEqual(['Sums', 'Empty'])
  for (const id of ids) expect((await other.conversation(id)).folderId).toBe(mine.id)
})

test('a JSONL without its files says how many are missing, and the zip brings them later', async () => {
  const { tally, ids, text } = await filled()
  const [id = ''] = ids
  const other = await startRuns(says('Hi'))
  const started = await upload(other, await exportOf(tally, id), 'one.jsonl')
  const missing = [{ reason: 'missing_files', count: 2 }]
  expect(await settled(other, started)).toMatchObject({ preview: { files: 0, leftOut: missing } })
  await other.send('POST', `/api/imports/${started}/start`)
  expect(await settled(other, started)).toMatchObject({
    report: { conversations: 1, files: 0, leftOut: missing },
  })
  expect((await other.request(`/api/files/${text.id}`)).status).toBe(404)
  expect((await other.conversation(id)).messages[0]?.parts).toMatchObject([
    { type: 'file', name: 'dot.png' },
    { type: 'file', name: 'sums.csv' },
    { type: 'text' },
  ])

  const job = await importAll(other, await zipOf(tally), 'tally.zip')
  expect(job.report).toMatchObject({ conversations: 1, unchanged: 1, files: 3, leftOut: [] })
  expect(await (await other.request(`/api/files/${text.id}`)).text()).toBe(TEXT)
  expect(await filesOf(other.parts.db, id)).toHaveLength(2)
  // Nothing is missing any more, so the JSONL says so.
  const last = await settled(other, await upload(other, await exportOf(tally, id), 'one.jsonl'))
  expect(last.preview).toMatchObject({ files: 2, leftOut: [] })
})

test('a file that is not what it says, or too large, is left out alone', async () => {
  const { tally, ids, files } = await filled()
  const entries = Object.fromEntries(await readZip(await zipOf(tally)))
  const [id = ''] = ids
  const large = 'a'.repeat(26 * 1024 * 1024)
  const name = `conversations/${id}.jsonl`
  const line = { type: 'file', id: 'large', hash: hashOf(large), name: 'l.txt', size: large.length }
  const hostile = [
    line,
    { ...line, id: '../../x', hash: '../../etc/passwd' },
    { ...line, id: 'bin', hash: hashOf('\0\0'), size: 2 },
  ]
  const lines = String(entries[name]).split('\n')
  lines.splice(2, 0, ...hostile.map((each) => JSON.stringify(each)))
  const changed = await makeZip({
    ...entries,
    [name]: lines.join('\n'),
    [`files/${hashOf(TEXT)}`]: TEXT.replace('2', '3'),
    [`files/${hashOf(large)}`]: large,
    [`files/${hashOf('\0\0')}`]: '\0\0',
  })
  const other = await startRuns(says('Hi'))
  const { report } = await importAll(other, changed, 'tally.zip')
  expect(report).toMatchObject({ conversations: 2, messages: 4, files: 2 })
  expect(report?.leftOut.toSorted((a, b) => a.reason.localeCompare(b.reason))).toEqual([
    { reason: 'damaged_files', count: 3 },
    { reason: 'unreadable', count: 1 },
  ])
  expect(onDisk(other)).toEqual([hashOf(PICTURE)])
  expect((await other.request(`/api/files/${files[1]?.id}`)).status).toBe(404)
  expect(other.parts.errors).toEqual([])
})
