// The SQL for items: what the model sees. A message owns its items, in the order in which they were created.
import { type Kysely, sql } from 'kysely'
import * as z from 'zod/mini'
import type { Item } from '../upstream/types.ts'
import type { Writing } from '../db/open.ts'
import { checksumOf, isDamaged } from '../db/checksum.ts'
import { prepared } from '../db/prepared.ts'
import type { Schema } from '../db/schema.ts'

const StoredItem = z.record(z.string(), z.unknown())

const insertItem = prepared(['conversation', 'message', 'item', 'checksum'], (db, placeholder) =>
  sql`
    insert into items (conversation_id, seq, message_id, item, checksum)
    values (
      ${placeholder('conversation')},
      coalesce((select max(seq) from items where conversation_id = ${placeholder('conversation')}), 0) + 1,
      ${placeholder('message')}, ${placeholder('item')}, ${placeholder('checksum')}
    )`.compile(db),
)

/** One by one: with one statement for all, SQLite writes them to a table of its own first. */
export async function insertItems(
  trx: Writing,
  conversationId: string,
  messageId: string,
  items: Item[],
): Promise<void> {
  const texts = items.map((item) => JSON.stringify(item))
  await insertItemTexts(trx, conversationId, messageId, texts)
}

/** The same for items that are JSON already. */
export async function insertItemTexts(
  trx: Writing,
  conversationId: string,
  messageId: string,
  texts: string[],
): Promise<void> {
  for (const item of texts) {
    const row = { conversation_id: conversationId, message_id: messageId, item }
    await insertItem(trx, {
      conversation: conversationId,
      message: messageId,
      item,
      checksum: checksumOf('items', row),
    })
  }
}

export async function itemsOfMessage(db: Kysely<Schema>, messageId: string): Promise<Item[]> {
  const rows = await db
    .selectFrom('items')
    .select(['conversation_id', 'message_id', 'item', 'checksum'])
    .where('message_id', '=', messageId)
    .orderBy('seq')
    .execute()
  return rows
    .filter((row) => !isDamaged('items', row))
    .map(({ item }) => StoredItem.parse(JSON.parse(item)))
}
