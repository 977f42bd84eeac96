// Attached files in an export of everything, over real HTTP and with the real scripts.
import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { png } from '../testing/images.ts'
import { says, startRuns } from '../testing/runs.ts'
import { temporaryFolder } from '../testing/temporary-database.ts'
import { uploadFile } from '../testing/uploads.ts'
import { makeZip, readZip } from '../testing/zip.ts'
import { verifyExport } from './verify-export.ts'

const run = promisify(execFile)
const PICTURE = png(40, 30)
const TEXT = 'a,b\n1,2\n'
const hashOf = (bytes: string | Uint8Array) => createHash('sha256').update(bytes).digest('hex')

/** Two conversations with the same picture, one of which has a text, too. */
async function filled() {
  const folder = temporaryFolder()
  const tally = await startRuns(says('I see.'), { folder })
  const picture = await uploadFile(tally, 'dot.png', PICTURE)
  const text = await uploadFile(tally, 'sums.csv', TEXT)
  const again = await uploadFile(tally, 'the same dot.png', PICTURE)
  await uploadFile(tally, 'unsent.txt', 'Never sent.')
  const say = async (words: string, ids: string[]) => {
    const { id } = await tally.create()
    const files = ids.map((fileId) => ({ id: fileId, send: 'whole' as const }))
    await tally.ended((await tally.start(id, { text: words, files })).id)
    return id
  }
  const id = await say('Look.', [picture.id, text.id])
  await say('And this?', [again.id])
  return { tally, folder, picture, text, id }
}

const written = (content: Buffer) => {
  const file = join(temporaryFolder(), 'all.zip')
  writeFileSync(file, content)
  return file
}

test('each file is in the zip once, and its conversation names it', async () => {
  const { tally, folder, picture, text, id } = await filled()
  const zip = Buffer.from(await (await tally.request('/api/export')).arrayBuffer())
  const files = await readZip(zip)
  const names = [...files.keys()].filter((name) => name.startsWith('files/'))
  expect(names.toSorted()).toEqual(
    [PICTURE, TEXT].map((bytes) => `files/${hashOf(bytes)}`).toSorted(),
  )
  expect(files.get(`files/${hashOf(PICTURE)}`)).toEqual(Buffer.from(PICTURE))
  expect(JSON.parse(String(files.get('manifest.json')))).toMatchObject({ counts: { files: 2 } })
  const one = await (await tally.request(`/api/conversations/${id}/export?format=jsonl`)).text()
  const lines = one.split('\n').filter((line) => line.startsWith('{"type":"file"'))
  expect(lines.map((line): unknown => JSON.parse(line))).toEqual([
    {
      type: 'file',
      id: picture.id,
      hash: hashOf(PICTURE),
      name: 'dot.png',
      mediaType: 'image/png',
      size: PICTURE.length,
    },
    {
      type: 'file',
      id: text.id,
      hash: hashOf(TEXT),
      name: 'sums.csv',
      mediaType: 'text/plain',
      size: TEXT.length,
    },
  ])

  const out = join(temporaryFolder(), 'script.zip')
  const scripts = join(import.meta.dirname, '../../scripts')
  const env = { PATH: process.env['PATH'], DATA_DIR: folder }
  await run(process.execPath, [join(scripts, 'run-export.mjs'), '--out', out], { env })
  const fromScript = await readZip(readFileSync(out))
  expect([...fromScript.keys()]).toEqual([...files.keys()])
  const { stdout } = await run(process.execPath, [join(scripts, 'run-verify.mjs'), out])
  expect(stdout).toMatch(/2 files: everything agrees\.\n$/)
})

test('a file that was changed or taken out is found', async () => {
  const { tally, folder } = await filled()
  const zip = Buffer.from(await (await tally.request('/api/export')).arrayBuffer())
  expect((await verifyExport(written(zip))).problems).toEqual([])
  const name = `files/${hashOf(TEXT)}`
  const { [name]: _, ...others } = Object.fromEntries(await readZip(zip))
  const tampered = await makeZip({ ...others, [name]: TEXT.replace('2', '3') })
  expect((await verifyExport(written(tampered))).problems).toEqual([
    { name, problem: 'its SHA-256 differs from its name' },
  ])
  const taken = (await verifyExport(written(await makeZip(others)))).problems
  expect(taken.map(({ problem }) => problem)).toEqual([
    'its file “sums.csv” is missing',
    expect.stringContaining('the manifest counts'),
  ])

  rmSync(join(folder, 'files', hashOf(TEXT)))
  const without = Buffer.from(await (await tally.request('/api/export')).arrayBuffer())
  expect((await verifyExport(written(without))).problems.map(({ problem }) => problem)).toEqual([
    'its file “sums.csv” is missing',
  ])
})
