import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { prepared } from './prepared.ts'
import { temporaryDatabase } from '../testing/temporary-database.ts'

test('a query is compiled once, and every execution has its own values', async () => {
  const db = await temporaryDatabase()
  let built = 0
  const greet = prepared(['name', 'end'], (kysely, placeholder) => {
    built += 1
    return sql<{ greeting: string }>`
      select ${'Hello, '} || coalesce(${placeholder('name')}, 'you') || ${placeholder('end')} as greeting
      where coalesce(${placeholder('name')}, '') <> 'nobody'`.compile(kysely)
  })

  expect(await greet(db.kysely, { name: 'Ada', end: '.' })).toEqual([{ greeting: 'Hello, Ada.' }])
  expect(await greet(db.kysely, { end: '?', name: null })).toEqual([{ greeting: 'Hello, you?' }])
  expect(await db.transaction((trx) => greet(trx, { name: 'nobody', end: '.' }))).toEqual([])
  expect(built).toBe(1)
})

test('a query of the query builder can be prepared', async () => {
  const { kysely } = await temporaryDatabase()
  const titlesOf = prepared(['owner'], (db, placeholder) =>
    db
      .selectFrom('conversations')
      .select('title')
      .where('owner', '=', placeholder('owner'))
      .compile(),
  )
  expect(await titlesOf(kysely, { owner: 'somebody' })).toEqual([])
})
