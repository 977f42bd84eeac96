// The worker thread copies a write-ahead log that has grown into the database, while the writer goes on.
import BetterSqlite3 from 'better-sqlite3'
import { join } from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import { BackgroundJobs } from '../jobs/background-jobs.ts'
import { temporaryFolder } from '../testing/temporary-database.ts'
import { BackgroundWorker } from '../worker/background-worker.ts'
import { openDatabase } from './open.ts'
import { watchLog } from './watch-log.ts'

const TEXT = 'x'.repeat(1_500_000)

test('what is in the log gets into the database', async () => {
  const db = await openDatabase(join(temporaryFolder(), 'tally.db'))
  const errors: unknown[] = []
  const jobs = new BackgroundJobs((error) => errors.push(error))
  const worker = new BackgroundWorker()
  onTestFinished(async () => {
    await jobs.stop()
    await worker.close()
    await db.close()
  })
  const copies = vi.spyOn(worker, 'checkpoint')
  watchLog(db, jobs, worker)
  await db.transaction((trx) =>
    trx
      .insertInto('prompts')
      .values({
        id: 'p1',
        name: 'Long',
        text: TEXT,
        created_at: '2026-01-01T00:00:00.000Z',
        updated_at: '2026-01-01T00:00:00.000Z',
      })
      .execute(),
  )
  await vi.waitUntil(() => copies.mock.settledResults.some(({ type }) => type === 'fulfilled'), {
    timeout: 10_000,
  })
  const sqlite = new BetterSqlite3(db.file)
  const [state] = Object.values(Object(sqlite.pragma('wal_checkpoint(noop)')))
  sqlite.close()
  expect(state).toMatchObject({ log: expect.any(Number) })
  expect(Object(state).checkpointed).toBe(Object(state).log)
  expect(errors).toEqual([])
})
