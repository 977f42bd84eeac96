// I1: what an import costs per conversation, the longest block of the event loop meanwhile, and the memory it
// takes. The real server process reads an export of ChatGPT. The limit is the same rows, written by bare
// statements in as many transactions. Times are those of the processor, because other processes take none of
// them.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import BetterSqlite3 from 'better-sqlite3'
import { openDatabase } from '../bff/db/open.ts'
import { exportOf } from './server/exported.mjs'
import { startDemo } from './server/servers.mjs'

const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 3)
const SHAPES = [
  { what: '2,000 short conversations', conversations: 2_000, turns: 1 },
  { what: '4 conversations of 1,500 messages', conversations: 4, turns: 500 },
]
const MAX_RATIO = 15
const MAX_BLOCK_MS = 10
const MAX_GROWTH_MB = 250
const MB = 1024 * 1024

export async function* measure(wants) {
  if (!wants('I1')) return
  for (const shape of SHAPES) yield* measureShape(shape)
}

async function* measureShape({ what, conversations, turns }) {
  const file = exportOf(conversations, turns)
  const rounds = []
  for (let round = 0; round < ROUNDS; round += 1) {
    rounds.push({ limit: await writeBare(file), ...(await importInto(file)) })
  }
  if (process.env.BENCH_DEBUG) console.dir(rounds, { depth: null })
  const least = (of) => Math.min(...rounds.map(of))
  const each = (least(({ cpuMs }) => cpuMs) / conversations).toFixed(2)
  const ratio = least(({ cpuMs, limit }) => cpuMs / limit)
  const block = least(({ block: { ms, cpuMs } }) => Math.min(ms, cpuMs))
  const growth = least(({ growthMb }) => growthMb)
  const line = (name, found, target, holds) => {
    return { id: 'I1', what: `import of ${what}, ${name}`, ratio: found, target, holds }
  }
  const perCall = `${each} ms per conversation / bare rows`
  yield line(perCall, ratio, `<= ${MAX_RATIO}`, ratio <= MAX_RATIO)
  const isFree = block <= MAX_BLOCK_MS
  yield line('event loop block', `${block.toFixed(1)} ms`, `<= ${MAX_BLOCK_MS} ms`, isFree)
  const isBounded = growth <= MAX_GROWTH_MB
  yield line('memory', `${growth.toFixed(0)} MB`, `<= ${MAX_GROWTH_MB} MB`, isBounded)
}

async function importInto(file) {
  const tally = await startDemo()
  try {
    await completed(tally.address, exportOf(20))
    const before = await tally.process.ask('usage')
    await tally.process.ask('watchLoop')
    let most = before.rss
    await completed(tally.address, file, async () => {
      most = Math.max(most, (await tally.process.ask('usage')).rss)
    })
    const block = await tally.process.ask('longestBlock')
    const { cpuUs } = await tally.process.ask('usage')
    return { cpuMs: (cpuUs - before.cpuUs) / 1000, growthMb: (most - before.rss) / MB, block }
  } finally {
    await tally.stop()
  }
}

async function completed(address, file, meanwhile = async () => {}) {
  const imports = `${address}/api/imports`
  const headers = { 'content-type': 'application/octet-stream', 'x-file-name': 'export.json' }
  const uploaded = await fetch(imports, { method: 'POST', headers, body: file })
  const { id } = await uploaded.json()
  const until = async (state) => {
    for (;;) {
      const job = await (await fetch(`${imports}/${id}`)).json()
      if (job.state === 'failed') throw new Error(job.problem)
      if (job.state === state) return
      await meanwhile()
      await wait(100)
    }
  }
  await until('ready')
  await fetch(`${imports}/${id}/start`, { method: 'POST' })
  await until('done')
}

const ROWS_PER_COMMIT = 20

/** Returns the milliseconds of the processor. */
async function writeBare(file) {
  const folder = mkdtempSync(join(tmpdir(), 'tally-bench-'))
  const path = join(folder, 'tally.db')
  await (await openDatabase(path)).close()
  const sqlite = new BetterSqlite3(path)
  sqlite.pragma('synchronous = full')
  const statements = {
    conversation: sqlite.prepare(`insert into conversations
      (id, title, title_source, agent, created_at, updated_at, external_id)
      values (?, ?, 'person', 'assistant', ?, ?, ?)`),
    message: sqlite.prepare(`insert into messages
      (id, conversation_id, role, status, parts, created_at) values (?, ?, ?, 'completed', ?, ?)`),
    item: sqlite.prepare(
      'insert into items (conversation_id, seq, message_id, item) values (?, ?, ?, ?)',
    ),
    name: sqlite.prepare(
      'insert into imported_messages (conversation_id, external_id, message_id) values (?, ?, ?)',
    ),
  }
  const start = process.cpuUsage()
  let rows = 0
  sqlite.exec('begin immediate')
  for (const { id, title, mapping } of JSON.parse(file)) {
    statements.conversation.run(id, title, AT, AT, id)
    let seq = 0
    for (const { message } of Object.values(mapping)) {
      if (message === null) continue
      const { role } = message.author
      const [text] = message.content.parts
      const parts = JSON.stringify([{ type: 'text', text }])
      statements.message.run(message.id, id, role, parts, AT)
      statements.item.run(id, (seq += 1), message.id, JSON.stringify({ role, content: text }))
      statements.name.run(id, message.id, message.id)
      if ((rows += 1) % ROWS_PER_COMMIT === 0) sqlite.exec('commit; begin immediate')
    }
  }
  sqlite.exec('commit')
  const { user, system } = process.cpuUsage(start)
  sqlite.close()
  rmSync(folder, { recursive: true, force: true })
  return (user + system) / 1000
}

const AT = new Date(0).toISOString()
