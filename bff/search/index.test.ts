import { sql } from 'kysely'
import { expect, test } from 'vitest'
import type { Database } from '../db/open.ts'
import { indexAll, search } from '../testing/search.ts'
import { temporaryDatabase } from '../testing/temporary-database.ts'
import { wordsQuery } from './parse-query.ts'
import { searchMessages } from './search-store.ts'

const AT = '2026-01-01T00:00:00.000Z'

interface Made {
  number: number
  text: string
  at?: string
  more?: { role?: string; parent?: number; model?: string; agent?: string; cost?: number }
}

/** Creates one conversation of messages, indexed. */
async function databaseOf(messages: Made[], partition?: number): Promise<Database> {
  const db = await temporaryDatabase()
  await db.transaction(async (trx) => {
    await sql`insert into conversations (id, title, title_source, agent, created_at, updated_at)
      values ('c', 'Many', 'person', 'assistant', ${AT}, ${AT})`.execute(trx)
    const rows = messages.map(({ number, text, at = AT, more = {} }) => {
      const { role = 'user', parent, model = null, agent = null, cost } = more
      const totals =
        cost === undefined
          ? null
          : {
              calls: 1,
              inputTokens: 1,
              cachedInputTokens: 0,
              cacheWriteTokens: 0,
              outputTokens: 1,
              reasoningTokens: 0,
              costNanoUsd: cost,
              certainty: 'computed',
              unpricedCalls: 0,
            }
      const parts = JSON.stringify([{ type: 'text', text }])
      const totalsJson = totals && JSON.stringify(totals)
      return [number, parent && `m${parent}`, role, parts, at, model, agent, totalsJson]
    })
    await sql`insert into messages
        (number, id, conversation_id, parent_id, role, status, parts, created_at, model, agent, totals)
      select value ->> 0, 'm' || (value ->> 0), 'c', value ->> 1, value ->> 2, 'completed',
        value ->> 3, value ->> 4, value ->> 5, value ->> 6, value ->> 7
      from json_each(${JSON.stringify(rows)})`.execute(trx)
  })
  expect(await indexAll(db, partition)).toEqual([])
  return db
}

async function ids(db: Database, query: string): Promise<string[]> {
  return (await search(db, query)).map(({ messageId }) => messageId)
}

test('the newest is the latest by its time, whatever the order in which they came', async () => {
  const db = await databaseOf([
    { number: 1, text: 'oslo', at: '2026-05-01T00:00:00.000Z' },
    { number: 2, text: 'oslo', at: '2023-01-01T00:00:00.000Z' },
    { number: 3, text: 'oslo', at: '2026-06-01T00:00:00.000Z' },
    ...Array.from({ length: 300 }, (_, n) => ({ number: n + 4, text: 'same' })),
  ])
  expect(await ids(db, 'oslo')).toEqual(['m3', 'm1', 'm2'])
  expect(await ids(db, 'after:2026 oslo')).toEqual(['m3', 'm1'])
  expect(await ids(db, 'after:2026-05-01 before:2026-06 oslo')).toEqual(['m1'])
  expect(await ids(db, 'before:2026-05-01 after:2023-1-1 oslo')).toEqual(['m2'])
  expect(await ids(db, 'before:2024')).toEqual(['m2'])
  expect(await search(db, 'same', 400)).toHaveLength(300)
})

test('filters are combined with words and with each other', async () => {
  const db = await databaseOf([
    { number: 1, text: 'a fjord' },
    {
      number: 2,
      text: 'the answer',
      more: { role: 'assistant', parent: 1, model: 'Acme/Big-1.5', agent: 'writer', cost: 2e9 },
    },
    { number: 3, text: 'a fjord again', more: { parent: 2 } },
    {
      number: 4,
      text: 'fjord answer',
      more: { role: 'assistant', parent: 3, model: 'acme/small', agent: 'support', cost: 1e9 },
    },
  ])
  expect(await ids(db, 'model:acme/big-1.5')).toEqual(['m2'])
  expect(await ids(db, 'model:ACME')).toEqual(['m4', 'm2'])
  expect(await ids(db, 'model:big fjord')).toEqual(['m1'])
  expect(await ids(db, 'agent:"support" fjord')).toEqual(['m4', 'm3'])
  expect(await ids(db, 'agent:support model:big')).toEqual([])
  expect(await ids(db, 'cost:>1')).toEqual(['m2'])
  expect(await ids(db, 'cost:>=1')).toEqual(['m4', 'm2'])
  expect(await ids(db, 'cost:>1 fjord')).toEqual(['m1'])
  expect(await ids(db, 'cost:<$1.5 answer')).toEqual(['m4', 'm3'].slice(0, 1))
  expect(await ids(db, 'cost:<=0.5')).toEqual([])
  expect(await ids(db, 'cost:>1 cost:<1.99')).toEqual([])
})

const MANY = 3000

test('common words that are rarely together are found, page by page, and the search can be aborted', async () => {
  const db = await databaseOf(
    Array.from({ length: MANY }, (_, index) => {
      const number = index + 1
      const text = number === 5 ? 'even and odd' : number % 2 === 0 ? 'even' : 'odd'
      return { number, text, at: new Date(Date.parse(AT) + number * 3_600_000).toISOString() }
    }),
    100,
  )
  const query = { ...wordsQuery('even odd'), tags: [] }
  const found: string[] = []
  let pages = 0
  let after: number | null = 0
  while (after !== null) {
    const page = await searchMessages(db, { query, after, limit: 10, maxMs: 1 })
    found.push(...page.items.map(({ messageId }) => messageId))
    after = page.next
    pages += 1
  }
  expect(found).toEqual(['m5'])
  expect(pages).toBeGreaterThan(1)
  const newest = await search(db, 'even', 250)
  expect(newest.map(({ messageId }) => messageId)).toEqual(
    Array.from({ length: 250 }, (_, n) => `m${MANY - 2 * n}`),
  )
  const stop = new AbortController()
  setImmediate(() => stop.abort())
  const stopped = searchMessages(db, { query, after: 0, limit: 10, maxMs: 1000 }, stop.signal)
  await expect(stopped).rejects.toThrow('aborted')
})

test('a partition that an import fills is divided, and everything stays in its order', async () => {
  const times = Array.from({ length: 700 }, (_, n) => ((n * 377) % 700) + 1)
  const db = await databaseOf(
    times.map((hour, index) => ({
      number: index + 1,
      text: `oslo ${hour}`,
      at: new Date(Date.parse(AT) + hour * 3_600_000).toISOString(),
    })),
    100,
  )
  const newestFirst = times.toSorted((one, other) => other - one)
  const found = await search(db, 'oslo', 700)
  expect(found.map(({ snippet }) => snippet)).toEqual(newestFirst.map((hour) => `oslo ${hour}`))
  const { rows } = await sql<{ most: number; count: number }>`
    select max(entries) as most, count(*) as count from search_partitions`.execute(db.kysely)
  expect(rows[0]?.most).toBeLessThanOrEqual(100)
  expect(rows[0]?.count).toBeGreaterThan(6)
})

test('a message that cannot be indexed stops no other', async () => {
  const db = await databaseOf([])
  const messages = [1, 2, 3].map((number) => [number, number === 2 ? 'no time'.padEnd(24) : AT])
  await db.transaction((trx) =>
    sql`insert into messages (number, id, conversation_id, role, status, parts, created_at)
      select value ->> 0, 'm' || (value ->> 0), 'c', 'user', 'completed',
        '[{"type":"text","text":"oslo"}]', value ->> 1
      from json_each(${JSON.stringify(messages)})`.execute(trx),
  )
  expect(await indexAll(db)).toHaveLength(1)
  expect((await ids(db, 'oslo')).toSorted()).toEqual(['m1', 'm3'])
})
