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

test('other work gets its turn between transactions, and none within one', async () => {
  const db = await temporaryDatabase()
  const slow = () => db.transaction((trx) => SLOW.execute(trx))
  const between = await turnsDuring(async () => {
    for (let transaction = 0; transaction < 10; transaction += 1) await slow()
  })
  expect(between).toBeGreaterThanOrEqual(9)

  let within = 0
  await db.transaction(async (trx) => {
    within = await turnsDuring(async () => {
      for (let query = 0; query < 10; query += 1) await SLOW.execute(trx)
    })
  })
  expect(within).toBe(0)
})
