import { spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  existsSync,
  readFileSync,
  readdirSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import BetterSqlite3 from 'better-sqlite3'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { migrations } from './migrate.ts'
import { openDatabase } from './open.ts'
import { temporaryDatabase, temporaryFolder } from '../testing/temporary-database.ts'

const conversation = {
  id: 'c1',
  title: 'Hello',
  title_source: 'words',
  agent: 'assistant',
  provider: null,
  model: null,
  selected_message_id: null,
  created_at: '2026-01-01T00:00:00.000Z',
  updated_at: '2026-01-01T00:00:00.000Z',
  deleted_at: null,
} as const

async function closedDatabase(): Promise<string> {
  const file = join(temporaryFolder(), 'tally.db')
  const db = await openDatabase(file)
  await db.transaction((trx) => trx.insertInto('conversations').values(conversation).execute())
  await db.close()
  return file
}

/** Returns the sentence of the refusal, or that the refusal changed the file. */
async function refusal(file: string): Promise<string> {
  const before = readFileSync(file)
  const sentence = await openDatabase(file).then(() => 'opened', String)
  return readFileSync(file).equals(before) ? sentence : `changed the file: ${sentence}`
}

test('stored data is there after closing and reopening', async () => {
  const file = await closedDatabase()
  const db = await openDatabase(file)
  const rows = await db.kysely.selectFrom('conversations').select('title').execute()
  await db.close()
  expect(rows).toEqual([{ title: 'Hello' }])
})

test('only the user who runs Tally can read its data', async () => {
  const folder = join(temporaryFolder(), 'data')
  const db = await openDatabase(join(folder, 'tally.db'))
  const modes = ['', 'tally.db', 'tally.db-wal'].map((name) => statSync(join(folder, name)).mode)
  await db.close()
  expect(modes.map((mode) => (mode & 0o777).toString(8))).toEqual(['700', '600', '600'])
})

test('a clean close leaves everything in one file', async () => {
  const file = await closedDatabase()
  expect(readdirSync(dirname(file)).toSorted()).toEqual(['tally.db', 'tally.lock'])
})

test('a database that was emptied is refused and left as it is', async () => {
  const file = await closedDatabase()
  truncateSync(file)
  expect(await refusal(file)).toMatch(/is empty although it held data before/)
})

test('a write-ahead log without its database is refused', async () => {
  const file = join(temporaryFolder(), 'tally.db')
  writeFileSync(`${file}-wal`, 'something that was not moved yet')
  await expect(openDatabase(file)).rejects.toThrow(/is empty although it held data before/)
  expect(existsSync(file)).toBe(false)
})

test('a database of a newer Tally is refused and left unchanged', async () => {
  const file = await closedDatabase()
  const sqlite = new BetterSqlite3(file)
  sqlite.pragma('user_version = 99')
  sqlite.close()
  expect(await refusal(file)).toMatch(/was written by a newer Tally \(schema 99/)
})

test('a newer version that is only in the write-ahead log is refused', async () => {
  const file = await closedDatabase()
  const script = `
    const sqlite = new (require('better-sqlite3'))(process.argv[1])
    sqlite.pragma('journal_mode = wal')
    sqlite.pragma('user_version = 99')
    process.kill(process.pid, 'SIGKILL')`
  await once(spawn(process.execPath, ['-e', script, file]), 'exit')
  expect(readFileSync(file).readUInt32BE(60)).toBe(migrations.length)
  expect(await refusal(file)).toMatch(/was written by a newer Tally/)
})

test('a database of another program is refused and left unchanged', async () => {
  const file = join(temporaryFolder(), 'tally.db')
  const sqlite = new BetterSqlite3(file)
  sqlite.exec('create table theirs (x)')
  sqlite.close()
  expect(await refusal(file)).toMatch(/belongs to another program/)
})

test('a file that is not a database is refused and left unchanged', async () => {
  const file = join(temporaryFolder(), 'tally.db')
  writeFileSync(file, 'Dear diary')
  expect(await refusal(file)).toMatch(/is not a database/)
})

test('a data folder that cannot be made is refused', async () => {
  const file = join(temporaryFolder(), 'a-file')
  writeFileSync(file, '')
  await expect(openDatabase(join(file, 'tally.db'))).rejects.toThrow(/cannot be written/)
})

test('a second process cannot open the same data folder, and can after the first was killed', async () => {
  const file = join(temporaryFolder(), 'tally.db')
  const script = `
    const { openDatabase } = await import(${JSON.stringify(join(import.meta.dirname, 'open.ts'))})
    await openDatabase(process.argv[1])
    console.log('open')
    setInterval(() => {}, 1000)`
  const first = spawn(process.execPath, ['--input-type=module', '-e', script, file])
  await once(first.stdout, 'data')
  await expect(openDatabase(file)).rejects.toThrow(/Another Tally is running/)
  first.kill('SIGKILL')
  await once(first, 'exit')
  await (await openDatabase(file)).close()
})

test('an older database is backed up before it is migrated', async () => {
  const file = await closedDatabase()
  const step = { name: '002-test', sql: 'alter table conversations add column pinned integer' }
  const db = await openDatabase(file, { steps: [...migrations, step] })
  await db.kysely
    .selectFrom('conversations')
    .select(sql`pinned`.as('pinned'))
    .execute()
  await db.close()
  const [backup] = readdirSync(dirname(file)).filter((name) => name.endsWith('.backup'))
  expect(backup).toMatch(new RegExp(`tally\\.db\\.v${migrations.length}\\.`))
  const old = new BetterSqlite3(join(dirname(file), backup ?? ''), { readonly: true })
  expect(old.prepare('select title from conversations').all()).toEqual([{ title: 'Hello' }])
  expect(old.pragma('user_version', { simple: true })).toBe(migrations.length)
  old.close()
})

test('a migration that fails leaves the version before it', async () => {
  const file = await closedDatabase()
  const broken = { name: '002-broken', sql: 'create table half (x); create table half (x)' }
  await expect(openDatabase(file, { steps: [...migrations, broken] })).rejects.toThrow(/002-broken/)
  const db = await openDatabase(file)
  const tables = await sql`select name from sqlite_master where name = 'half'`.execute(db.kysely)
  await db.close()
  expect(tables.rows).toEqual([])
})

test('a transaction stores everything or nothing', async () => {
  const db = await temporaryDatabase()
  const half = db.transaction(async (trx) => {
    await trx.insertInto('conversations').values(conversation).execute()
    throw new Error('halfway')
  })
  await expect(half).rejects.toThrow('halfway')
  expect(await db.kysely.selectFrom('conversations').selectAll().execute()).toEqual([])
})

test('writing outside of a transaction is refused', async () => {
  const db = await temporaryDatabase()
  const write = db.kysely.insertInto('conversations').values(conversation).execute()
  await expect(write).rejects.toThrow(/read-only/)
})

test('waiting for another program does not block the event loop', async () => {
  const folder = temporaryFolder()
  const db = await openDatabase(join(folder, 'tally.db'))
  const other = new BetterSqlite3(join(folder, 'tally.db'))
  other.exec('begin immediate')
  const order: string[] = []
  const writing = db
    .transaction((trx) => trx.insertInto('conversations').values(conversation).execute())
    .then(() => order.push('written'))
  // The file is released only after other work has run several times.
  for (let turn = 0; turn < 50; turn += 1) await new Promise((resolve) => setImmediate(resolve))
  order.push('other work')
  other.exec('commit')
  await writing
  expect(order).toEqual(['other work', 'written'])
  other.close()
  await db.close()
})

test('a database that cannot be written reports it', async () => {
  const db = await temporaryDatabase()
  db.checkWritable()
  await db.transaction((trx) => sql`pragma max_page_count = 1`.execute(trx))
  const big = { ...conversation, title: 'x'.repeat(100_000) }
  const write = db.transaction((trx) => trx.insertInto('conversations').values(big).execute())
  await expect(write).rejects.toMatchObject({ code: 'unavailable' })
})
