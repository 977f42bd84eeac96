// The export of everything, over real HTTP and with the real script.
import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { createHash } from 'node:crypto'
import BetterSqlite3 from 'better-sqlite3'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { findConversation } from '../conversations/conversation-store.ts'
import { defineTool } from '../runtime/define-tool.ts'
import { agentWith } from '../testing/begin-run.ts'
import { heldTally } from '../testing/budgets.ts'
import { hangsAfter, says, startRuns } from '../testing/runs.ts'
import { temporaryFolder } from '../testing/temporary-database.ts'
import { turnsDuring } from '../testing/turns-during.ts'
import { readZip } from '../testing/zip.ts'
import { zipParts } from './zip.ts'

const run = promisify(execFile)
const LONG = 'All of it. '.repeat(3_000)
const measure = defineTool({
  name: 'measure',
  description: 'Measures.',
  parameters: z.object({}),
  execute: () => LONG,
})

async function filled() {
  const folder = temporaryFolder()
  const agent = agentWith([measure])
  const script = [
    { parts: [{ call: { name: 'measure', arguments: {} } }] },
    { parts: [{ text: 'It is long.' }] },
    { parts: [{ text: 'Forgotten.' }] },
  ]
  const { tally } = await heldTally(script, {}, { folder, findAgent: () => agent })
  const { id } = await tally.create({ title: 'Kept' })
  await tally.over(await tally.start(id, { text: 'How long?' }))
  const deleted = await tally.create({ title: 'Deleted' })
  await tally.over(await tally.start(deleted.id, { text: 'Forget this.' }))
  await tally.send('DELETE', `/api/conversations/${deleted.id}`)
  return { tally, folder, id, deleted: deleted.id }
}

const linesOf = (file: Buffer | undefined) =>
  String(file)
    .trimEnd()
    .split('\n')
    .map((line): Record<string, unknown> => JSON.parse(line))

test('one zip holds every conversation, the ledger of what is deleted, and counts', async () => {
  const { tally, id, deleted } = await filled()
  const response = await tally.request('/api/export?format=markdown')
  expect(response.headers.get('content-type')).toBe('application/zip')
  expect(response.headers.get('content-disposition')).toMatch(
    /filename="tally-\d{4}-\d\d-\d\d.zip"/,
  )
  const files = await readZip(Buffer.from(await response.arrayBuffer()))
  expect([...files.keys()]).toEqual([
    'library.jsonl',
    `conversations/${id}.jsonl`,
    `markdown/${id}.md`,
    'ledger.jsonl',
    'manifest.json',
  ])
  expect(JSON.parse(String(files.get('manifest.json')))).toMatchObject({
    format: 'tally',
    counts: { conversations: 1, messages: 2, calls: 3, files: 0 },
  })
  const one = await tally.request(`/api/conversations/${id}/export?format=jsonl`)
  expect(String(files.get(`conversations/${id}.jsonl`))).toBe(await one.text())

  const lines = linesOf(files.get(`conversations/${id}.jsonl`))
  const types = lines.map(({ type }) => type)
  expect([...new Set(types)].join(' ')).toBe(
    'format conversation message item run event tool_output call end',
  )
  expect(lines.find(({ type }) => type === 'tool_output')).toMatchObject({ output: LONG })
  const ledger = linesOf(files.get('ledger.jsonl'))
  expect(ledger[1]).toMatchObject({ call: { conversationId: deleted } })

  const text = String(files.get(`conversations/${id}.jsonl`))
  const whole = text.slice(0, text.lastIndexOf('\n', text.length - 2) + 1)
  expect(lines.at(-1)).toEqual({
    type: 'end',
    lines: lines.length - 1,
    sha256: createHash('sha256').update(whole).digest('hex'),
  })
  expect(await (await tally.request('/api/export/estimate')).json()).toMatchObject({
    conversations: 1,
  })
  expect((await tally.request('/api/export?format=pdf')).status).toBe(400)
})

test('the script writes the same beside a running Tally', async () => {
  const { tally, folder, id } = await filled()
  const out = join(temporaryFolder(), 'all.zip')
  const script = join(import.meta.dirname, '../../scripts/run-export.mjs')
  const env = { PATH: process.env['PATH'], DATA_DIR: folder }
  const { stdout } = await run(process.execPath, [script, '--out', out], { env })
  expect(stdout).toMatch(/all\.zip: [\d,]+ bytes\./)
  const files = await readZip(readFileSync(out))
  const one = await tally.request(`/api/conversations/${id}/export?format=jsonl`)
  expect(String(files.get(`conversations/${id}.jsonl`))).toBe(await one.text())
  const wrong = run(process.execPath, [script, '--format', 'pdf'], { env })
  await expect(wrong).rejects.toThrow('npm run export')
})

test('an answer that is being written is in the export of another process', async () => {
  const folder = temporaryFolder()
  const tally = await startRuns(hangsAfter('The first half'), { folder })
  const { id } = await tally.say('Hello')
  for await (const { event } of tally.follow(id)) if (event.type === 'token') break
  const out = join(temporaryFolder(), 'all.zip')
  const script = join(import.meta.dirname, '../../scripts/run-export.mjs')
  const env = { PATH: process.env['PATH'], DATA_DIR: folder }
  await run(process.execPath, [script, '--out', out], { env })
  const [, text] = (await readZip(readFileSync(out))).values()
  expect(String(text)).toMatch(/"type":"event".*The first half/)
  await tally.send('POST', `/api/runs/${id}/stop`)
})

test('a large export turns the event loop, and ends when the reader leaves', async () => {
  const tally = await startRuns(says('Hi'))
  const { id } = await tally.create({ title: 'Long' })
  const { db, runs, folder } = tally.parts
  const other = new BetterSqlite3(join(folder, 'tally.db'))
  const insert = other.prepare(`insert into messages
    (id, conversation_id, parent_id, role, status, parts, created_at)
    values (?, ?, null, 'user', 'completed', ?, '2026-11-01T12:00:00.000Z')`)
  const parts = JSON.stringify([{ type: 'text', text: 'word '.repeat(2_000) }])
  other.transaction(() => {
    for (let n = 0; n < 1_000; n += 1) insert.run(`m${n}`, id, parts)
  })()
  other.close()
  const live = { folded: () => null, isCounting: () => false }
  const deps = { db, live, log: runs.parts.log }
  const options = { markdown: false, now: () => new Date() }
  let bytes = 0
  const turns = await turnsDuring(async () => {
    for await (const part of zipParts(deps, options)) bytes += part.length
  })
  expect(bytes).toBeGreaterThan(10_000)
  expect(turns).toBeGreaterThan(100)

  for await (const _ of zipParts(deps, options)) break
  const left = await tally.request('/api/export')
  await left.body?.cancel()
  expect(await findConversation(db, id)).not.toBeNull()
  expect(tally.parts.errors).toEqual([])
})
