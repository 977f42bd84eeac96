// Items: what the model sees. A message owns its items, in the order in which they came to be.
import { CompiledQuery, type Kysely } from 'kysely'
import * as z from 'zod/mini'
import type { Item } from '../agent/types.ts'
import type { Writing } from '../db/open.ts'
import type { Schema } from '../db/schema.ts'

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
