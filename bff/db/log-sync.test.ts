import { setTimeout as wait } from 'node:timers/promises'
import { sql } from 'kysely'
import { expect, onTestFinished, test } from 'vitest'
import { temporaryDatabase } from '../testing/temporary-database.ts'
import type { Database } from './open.ts'

/** A disk whose writes end when the test says so. */
async function slowDisk() {
  const syncs: PromiseWithResolvers<void>[] = []
  let isSlow = false
  const db = await temporaryDatabase({
    syncFile: () => {
      if (!isSlow) return Promise.resolve()
      const sync = Promise.withResolvers<void>()
      syncs.push(sync)
      return sync.promise
    },
  })
  isSlow = true
  onTestFinished(() => {
    isSlow = false
  })
  return { db, syncs }
}

const write = (db: Database, name: string) =>
  db.transactionSyncedLater((trx) =>
    trx.insertInto('storage').values({ name, value: '1' }).execute(),
  )

const names = async (db: Database) => {
  const rows = await db.kysely.selectFrom('storage').select('name').execute()
  return rows.map(({ name }) => name)
}

test('a transaction resolves when it is on the disk, and others go on meanwhile', async () => {
  const { db, syncs } = await slowDisk()
  const done: string[] = []
  const first = write(db, 'first').then(() => done.push('first'))
  await wait(20)
  const second = write(db, 'second').then(() => done.push('second'))
  const third = write(db, 'third').then(() => done.push('third'))
  await wait(20)
  expect(await names(db)).toEqual(expect.arrayContaining(['first', 'second', 'third']))
  expect(done).toEqual([])
  expect(syncs).toHaveLength(1)
  syncs[0]?.resolve()
  await first
  expect(done, 'the sync may have begun before their commits').toEqual(['first'])
  await wait(20)
  expect(syncs, 'both wait for the same sync').toHaveLength(2)
  syncs[1]?.resolve()
  await Promise.all([second, third])
})

test('a transaction that the disk does not take is an outage, and the next one tries again', async () => {
  const { db, syncs } = await slowDisk()
  const failed = write(db, 'first')
  await wait(20)
  const next = write(db, 'second')
  syncs[0]?.reject(new Error('EIO'))
  await expect(failed).rejects.toMatchObject({ code: 'unavailable' })
  await wait(20)
  syncs[1]?.resolve()
  await next
})

test('all other transactions are on the disk with their commit', async () => {
  const { db, syncs } = await slowDisk()
  const level = () => db.transaction((trx) => sql`pragma synchronous`.execute(trx))
  const full = { rows: [{ synchronous: 2 }] }
  expect(await level()).toMatchObject(full)
  const written = write(db, 'first')
  await wait(20)
  expect(await level()).toMatchObject(full)
  syncs[0]?.resolve()
  await written
})
