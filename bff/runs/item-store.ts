// Items: what the model sees. A message owns its items, and a branch's items are those of its
// messages, in the order in which they came to be.
import { CompiledQuery, type Kysely, sql } from 'kysely'
import * as z from 'zod/mini'
import type { Item } from '../agent/types.ts'
import type { Database, Writing } from '../db/open.ts'
import type { Schema } from '../db/schema.ts'

/** A model's context ends long before. */
const MOST_MESSAGES = 2000

const StoredItem = z.record(z.string(), z.unknown())

const INSERT_ITEMS = `insert into items (conversation_id, seq, message_id, item)
  select ?, coalesce((select max(seq) from items where conversation_id = ?), 0) + 1 + key, ?, value
  from json_each(?)`

export async function insertItems(
  trx: Writing,
  conversationId: string,
  messageId: string,
  items: Item[],
): Promise<void> {
  const texts = JSON.stringify(items.map((item) => JSON.stringify(item)))
  await trx.executeQuery(
    CompiledQuery.raw(INSERT_ITEMS, [conversationId, conversationId, messageId, texts]),
  )
}

export async function itemsOfMessage(db: Kysely<Schema>, messageId: string): Promise<Item[]> {
  const rows = await db
    .selectFrom('items')
    .select('item')
    .where('message_id', '=', messageId)
    .orderBy('seq')
    .execute()
  return rows.map(({ item }) => StoredItem.parse(JSON.parse(item)))
}

/** The items from the beginning of a branch down to `messageId`. */
export async function itemsUpTo(db: Database, messageId: string): Promise<Item[]> {
  const { rows } = await sql<{ item: string }>`
    with recursive branch (id, parent_id, depth) as (
      select id, parent_id, 1 from messages where id = ${messageId}
      union all
      select up.id, up.parent_id, depth + 1
      from branch join messages up on up.id = branch.parent_id
      where depth < ${sql.lit(MOST_MESSAGES)}
    )
    select i.item from branch join items i on i.message_id = branch.id order by i.seq`.execute(
    db.kysely,
  )
  return rows.map(({ item }) => StoredItem.parse(JSON.parse(item)))
}
