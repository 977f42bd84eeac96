import { sql } from 'kysely'
import { expect, test } from 'vitest'
import type { Database } from '../db/open.ts'
import { temporaryDatabase } from '../testing/temporary-database.ts'
import { rememberTokens } from './token-store.ts'

const AT = '2026-01-01T00:00:00.000Z'

async function storeItems(db: Database, conversationId: string, count: number): Promise<void> {
  await db.transaction(async (trx) => {
    await sql`insert into conversations (id, title, title_source, agent, created_at, updated_at)
      values (${conversationId}, 'Many', 'person', 'assistant', ${AT}, ${AT})`.execute(trx)
    await sql`insert into messages (id, conversation_id, role, status, parts, created_at)
      values (${conversationId}, ${conversationId}, 'user', 'completed', '[]', ${AT})`.execute(trx)
    await sql`with recursive numbers (n) as (
        select 1 union all select n + 1 from numbers where n < ${count}
      )
      insert into items (conversation_id, seq, message_id, item)
      select ${conversationId}, n, ${conversationId}, '{}' from numbers`.execute(trx)
  })
}

/** Returns the shortest of five durations, in milliseconds. */
async function timeOf(work: (round: number) => Promise<void>): Promise<number> {
  const took: number[] = []
  for (let round = 0; round < 5; round += 1) {
    const start = performance.now()
    await work(round)
    took.push(performance.now() - start)
  }
  return Math.min(...took)
}

test('storing a hundred counts takes no longer in a conversation of 40,000 items', async () => {
  const db = await temporaryDatabase()
  await storeItems(db, 'short', 500)
  await storeItems(db, 'long', 40_000)
  const remember = (conversationId: string) => (round: number) =>
    rememberTokens(
      db,
      conversationId,
      Array.from({ length: 100 }, (_, n) => ({ seq: round * 100 + n + 1, tokens: n })),
    )
  const short = await timeOf(remember('short'))
  const long = await timeOf(remember('long'))
  const { rows } = await sql<{ count: number }>`
    select count(*) as count from item_tokens where conversation_id = 'long'`.execute(db.kysely)
  expect(rows).toEqual([{ count: 500 }])
  // A statement that scanned all items would take eighty times as long.
  expect(long).toBeLessThan(short * 10 + 20)
})

test('an item deleted in the meantime is skipped', async () => {
  const db = await temporaryDatabase()
  await storeItems(db, 'c', 3)
  await rememberTokens(db, 'c', [
    { seq: 2, tokens: 7 },
    { seq: 9, tokens: 7 },
  ])
  const { rows } = await sql`select seq, tokens from item_tokens`.execute(db.kysely)
  expect(rows).toEqual([{ seq: 2, tokens: 7 }])
})
