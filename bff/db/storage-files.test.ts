// The database files under real conditions: real files, and processes that are killed.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import BetterSqlite3 from 'better-sqlite3'
import { expect, onTestFinished, test } from 'vitest'
import { backUp } from './backup.ts'
import { migrations } from './migrate.ts'
import { type Database, openDatabase } from './open.ts'
import { restore } from './restore.ts'
import { temporaryFolder } from '../testing/temporary-database.ts'

const conversation = {
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

const store = (db: Database, id: string) =>
  db.transaction((trx) =>
    trx
      .insertInto('conversations')
      .values({ ...conversation, id })
      .execute(),
  )

const idsIn = async (db: Database) =>
  (await db.kysely.selectFrom('conversations').select('id').orderBy('id').execute()).map(
    ({ id }) => id,
  )

/** Creates a closed database with these conversations. */
async function databaseWith(...ids: string[]): Promise<string> {
  const file = join(temporaryFolder(), 'tally.db')
  const db = await openDatabase(file)
  for (const id of ids) await store(db, id)
  await db.close()
  return file
}

/** Another process opens the database, stores something and runs until it is killed. */
async function inAnotherProcess(file: string, id: string) {
  const script = `
    const { openDatabase } = await import(${JSON.stringify(join(import.meta.dirname, 'open.ts'))})
    // The reference keeps the garbage collector from closing the database.
    const db = (globalThis.db = await openDatabase(process.argv[1]))
    const row = ${JSON.stringify({ ...conversation, id })}
    await db.transaction((trx) => trx.insertInto('conversations').values(row).execute())
    console.log('stored')
    setInterval(() => {}, 1000)`
  const child = spawn(process.execPath, ['--input-type=module', '-e', script, file])
  onTestFinished(() => void child.kill('SIGKILL'))
  await once(child.stdout, 'data')
  return {
    kill: async () => {
      child.kill('SIGKILL')
      await once(child, 'exit')
    },
  }
}

test('an empty folder that had data is refused', async () => {
  const file = await databaseWith('c1')
  rmSync(file)
  await expect(openDatabase(file)).rejects.toThrow(/is missing although it held data before/)
  expect(existsSync(file)).toBe(false)
})

test.each(['tally.db', 'tally.db-wal'])(
  'a %s that is deleted under the running process stops writing at once',
  async (name) => {
    const file = await databaseWith('c1')
    const db = await openDatabase(file)
    onTestFinished(() => db.close())
    await store(db, 'c2')
    rmSync(join(dirname(file), name))
    await expect(store(db, 'c3')).rejects.toThrow(/was removed or replaced while Tally runs/)
    expect(() => db.checkWritable()).toThrow(/nothing is stored any more/)
  },
)

test('a database that is replaced under the running process stops writing at once', async () => {
  const file = await databaseWith('c1')
  const copy = `${file}.copy`
  copyFileSync(file, copy)
  const db = await openDatabase(file)
  onTestFinished(() => db.close())
  renameSync(copy, file)
  await expect(store(db, 'c2')).rejects.toMatchObject({ code: 'unavailable' })
})

test('a second process beside a removed lock file is refused', async () => {
  const file = await databaseWith()
  const first = await inAnotherProcess(file, 'c1')
  rmSync(join(dirname(file), 'tally.lock'))
  await expect(openDatabase(file)).rejects.toThrow(/Another program has the database .* open/)
  await first.kill()
  const db = await openDatabase(file)
  expect(await idsIn(db)).toEqual(['c1'])
  await db.close()
})

test('after kill -9 the write-ahead log is applied, but not another database’s log', async () => {
  const file = await databaseWith('c1')
  const older = `${file}.older`
  copyFileSync(file, older)
  await (await inAnotherProcess(file, 'c2')).kill()
  const log = readFileSync(`${file}-wal`)
  const db = await openDatabase(file)
  expect(await idsIn(db)).toEqual(['c1', 'c2'])
  await db.close()

  await (await inAnotherProcess(file, 'c3')).kill()
  expect(statSync(`${file}-wal`).size).toBeGreaterThan(log.length / 10)
  copyFileSync(older, file)
  await expect(openDatabase(file)).rejects.toThrow(/does not belong to .* which was replaced/)
  expect(readFileSync(file).equals(readFileSync(older))).toBe(true)
})

test('an invalid write-ahead log is refused', async () => {
  const file = await databaseWith('c1')
  writeFileSync(`${file}-wal`, 'x'.repeat(5000))
  await expect(openDatabase(file)).rejects.toThrow(/-wal is damaged/)
})

test('a database without one of its tables is refused', async () => {
  const file = await databaseWith('c1')
  const sqlite = new BetterSqlite3(file)
  sqlite.exec('drop table budgets')
  sqlite.close()
  await expect(openDatabase(file)).rejects.toThrow(/lacks the table budgets: restore a backup/)
})

test('a backup of a database in use is complete, private and restored unchanged', async () => {
  const file = await databaseWith('c1')
  const running = await inAnotherProcess(file, 'c2')
  const copy = join(temporaryFolder(), 'copy.db')
  expect(await backUp(file, copy)).toMatchObject({ conversations: 2 })
  expect(readdirSync(dirname(copy))).toEqual(['copy.db'])
  expect((statSync(copy).mode & 0o777).toString(8)).toBe('600')
  await expect(restore(copy, file)).rejects.toThrow(/Another Tally is running/)
  await running.kill()

  const db = await openDatabase(file)
  await store(db, 'c3')
  await db.close()
  const { keptAs, conversations } = await restore(copy, file)
  expect(conversations).toBe(2)
  const restored = await openDatabase(file)
  expect(await idsIn(restored)).toEqual(['c1', 'c2'])
  await restored.close()
  const before = new BetterSqlite3(keptAs ?? '', { readonly: true })
  expect(before.prepare('select count(*) from conversations').pluck().get()).toBe(3)
  before.close()
})

test('a file that is damaged, newer or not a backup replaces nothing', async () => {
  const file = await databaseWith('c1')
  const copy = join(temporaryFolder(), 'copy.db')
  await backUp(file, copy)
  const bytes = readFileSync(copy)
  bytes.fill(0xff, 8 * 4096, 12 * 4096)
  const damaged = `${copy}.damaged`
  writeFileSync(damaged, bytes)
  const diary = `${copy}.txt`
  writeFileSync(diary, 'Dear diary')
  const newer = `${copy}.newer`
  await backUp(file, newer)
  const sqlite = new BetterSqlite3(newer)
  sqlite.pragma('user_version = 99')
  sqlite.close()

  await expect(restore(damaged, file)).rejects.toThrow(/is damaged, so nothing was changed/)
  await expect(restore(diary, file)).rejects.toThrow(/is not a database/)
  await expect(restore(newer, file)).rejects.toThrow(/newer Tally/)
  await expect(restore(`${copy}.nowhere`, file)).rejects.toThrow(/There is no file/)
  await expect(backUp(file, diary)).rejects.toThrow(/is not a database/)
  await expect(backUp(file, file)).rejects.toThrow(/is the database itself/)
  const db = await openDatabase(file)
  expect(await idsIn(db)).toEqual(['c1'])
  await db.close()
  expect(readdirSync(dirname(file)).toSorted()).toEqual(['tally.db', 'tally.lock'])
})

test('the database itself is refused as target and as backup, under any path', async () => {
  const file = await databaseWith('a')
  const linked = join(temporaryFolder(), 'linked')
  symlinkSync(dirname(file), linked)
  const itself = join(linked, 'tally.db')
  await expect(backUp(file, itself)).rejects.toThrow('is the database itself')
  await expect(restore(itself, file)).rejects.toThrow('name a backup')
  // Left by a restore that was killed.
  const left = `${file}.restoring`
  copyFileSync(file, left)
  await expect(restore(left, file)).rejects.toThrow('name a backup')
  expect(existsSync(left)).toBe(true)
})

test('a restore replaces a database that is missing or cannot be opened', async () => {
  const file = await databaseWith('c1')
  const copy = join(temporaryFolder(), 'copy.db')
  await backUp(file, copy)
  writeFileSync(file, 'x'.repeat(8192))
  await restore(copy, file)
  rmSync(file)
  await restore(copy, file)
  const db = await openDatabase(file)
  expect(await idsIn(db)).toEqual(['c1'])
  await db.close()
})

test('backups before a migration are complete and private, and the last three are kept', async () => {
  const file = await databaseWith('c1')
  const left = `${file}.v1.2026-01-01T00-00-00-000Z.backup.partial`
  writeFileSync(left, 'half')
  const steps = [...migrations]
  for (let number = 1; number <= 5; number += 1) {
    steps.push({ name: `step ${number}`, sql: `create table step_${number} (x)` })
    await (await openDatabase(file, { steps: [...steps] })).close()
  }
  const kept = readdirSync(dirname(file)).filter((name) => name.includes('backup'))
  const versions = [2, 3, 4].map((number) => `v${migrations.length + number}`)
  expect(new Set(kept.map((name) => name.split('.')[2]))).toEqual(new Set(versions))
  expect(kept).toHaveLength(3)
  for (const name of kept) expect(statSync(join(dirname(file), name)).mode & 0o777).toBe(0o600)
})

test('an obstacle to the lock or the database is reported in one sentence', async () => {
  const folder = temporaryFolder()
  mkdirSync(join(folder, 'tally.lock'))
  await expect(openDatabase(join(folder, 'tally.db'))).rejects.toThrow(/tally.lock must be a file/)
  const other = temporaryFolder()
  mkdirSync(join(other, 'tally.db'))
  await expect(openDatabase(join(other, 'tally.db'))).rejects.toThrow(/tally.db is not a database/)
})
