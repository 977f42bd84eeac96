import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { temporaryDatabase } from '../testing/temporary-database.ts'
import { turnsDuring } from '../testing/turns-during.ts'

/** Takes longer than a turn may last before the next query. */
const SLOW = sql<{ n: number }>`
  with recursive counted (n) as (select 1 union all select n + 1 from counted where n < 100000)
  select max(n) as n from counted`

test('other work gets its turn between the queries of one request', async () => {
  const { kysely } = await temporaryDatabase()
  const turns = await turnsDuring(async () => {
    for (let query = 0; query < 10; query += 1) await SLOW.execute(kysely)
  })
  expect(turns).toBeGreaterThanOrEqual(9)
})

test('other work gets its turn between the queries of a transaction, which stays whole', async () => {
  const db = await temporaryDatabase()
  const windows = () => db.kysely.selectFrom('context_windows').select('tokens').execute()
  const turns = await turnsDuring(() =>
    db.transaction(async (trx) => {
      const row = { provider: 'p', model: 'm', tokens: 4096 }
      await trx.insertInto('context_windows').values(row).execute()
      for (let query = 0; query < 10; query += 1) await SLOW.execute(trx)
      expect(await windows()).toEqual([])
    }),
  )
  expect(turns).toBeGreaterThanOrEqual(9)
  expect(await windows()).toEqual([{ tokens: 4096 }])
})
