// Waiting for a database that another program has locked, with the real app and real SQLite.
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import BetterSqlite3 from 'better-sqlite3'
import { Hono } from 'hono'
import { expect, onTestFinished, test } from 'vitest'
import { createApp } from '../app.ts'
import { pageRoutes } from '../http/static.ts'
import { serveForTest } from '../testing/serve-app.ts'
import { temporaryFolder } from '../testing/temporary-database.ts'
import { type Database, openDatabase } from './open.ts'

const BUSY_TIMEOUT_MS = 400

/** A server with a route that writes in this many transactions, one after the other. */
async function lockedServer() {
  const folder = temporaryFolder()
  const db = await openDatabase(join(folder, 'tally.db'), { busyTimeoutMs: BUSY_TIMEOUT_MS })
  onTestFinished(() => db.close())
  let later: Promise<number> | null = null
  const routes = new Hono()
    .get('/api/writes/:count', async (c) => {
      for (let n = Number(c.req.param('count')); n > 0; n -= 1) await msOfWrite(db)
      return c.body(null, 204)
    })
    .get('/api/leaves-work', (c) => {
      later = msOfWrite(db).then(() => msOfWrite(db))
      return c.body(null, 204)
    })
  const { port } = await serveForTest((log) =>
    createApp({
      version: '1.2.3',
      checkWritable: () => {},
      modules: [routes],
      page: pageRoutes(folder),
      log,
    }),
  )
  const other = new BetterSqlite3(join(folder, 'tally.db'))
  onTestFinished(() => void other.close())
  other.exec('begin immediate')
  const get = async (path: string) => {
    const start = performance.now()
    await fetch(`http://127.0.0.1:${port}${path}`)
    return performance.now() - start
  }
  return { get, later: () => later }
}

async function msOfWrite(db: Database): Promise<number> {
  const start = performance.now()
  await db.transaction(async () => {}).catch(() => {})
  return performance.now() - start
}

test('a request of four transactions waits no longer than one of a single transaction', async () => {
  const { get } = await lockedServer()
  const one = await get('/api/writes/1')
  expect(one).toBeGreaterThanOrEqual(BUSY_TIMEOUT_MS)
  expect(await get('/api/writes/4')).toBeLessThan(2 * one)
})

test('work that outlives its request waits as usual', async () => {
  const { get, later } = await lockedServer()
  await get('/api/leaves-work')
  expect(await later()).toBeGreaterThanOrEqual(BUSY_TIMEOUT_MS)
})

test('whoever waited too long is told who held the database', async () => {
  const folder = temporaryFolder()
  const file = join(folder, 'tally.db')
  const db = await openDatabase(file, { busyTimeoutMs: BUSY_TIMEOUT_MS })
  onTestFinished(() => db.close())
  const reasonOf = (written: Promise<unknown>) =>
    written.then(
      () => 'stored',
      (error: Error) => error.message,
    )
  const write = () => reasonOf(db.transaction(async () => {}))

  const slow = reasonOf(db.transaction(() => wait(BUSY_TIMEOUT_MS + 200)))
  expect(await write()).toMatch('Tally has too much to store at once')
  expect(await slow).toBe('stored')

  const other = new BetterSqlite3(file)
  onTestFinished(() => void other.close())
  other.exec('begin immediate')
  const all = await Promise.all([write(), write()])
  expect(all).toEqual(all.map(() => expect.stringMatching('Another program holds the database')))
  other.exec('rollback')
  expect(await write()).toBe('stored')
})
