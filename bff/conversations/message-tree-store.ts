// Reads the tree of messages in steps that are short however many there are.
import { type Selectable, sql } from 'kysely'
import { checksumOf, isDamaged } from '../db/checksum.ts'
import type { Writing } from '../db/open.ts'
import type { MessagesTable } from '../db/schema.ts'
import { Problem } from '../http/problem.ts'
import { yieldWhenDue } from '../jobs/event-loop.ts'
import { OWNER } from './conversation-store.ts'

const LEVELS_AT_ONCE = 100
export const ROWS_AT_ONCE = 50

type Connection = Pick<Writing, 'selectFrom' | 'getExecutor'>
export type StoredMessage = Selectable<MessagesTable>

/** Throws if there is no such message, or it or its conversation is deleted. */
export async function findMessage(db: Connection, id: string): Promise<StoredMessage> {
  const row = await db
    .selectFrom('messages')
    .innerJoin('conversations', 'conversations.id', 'messages.conversation_id')
    .selectAll('messages')
    .where('messages.id', '=', id)
    .where('messages.deletion_id', 'is', null)
    .where('conversations.owner', '=', OWNER)
    .where('conversations.deleted_at', 'is', null)
    .executeTakeFirst()
  if (row === undefined) throw new Problem('message_not_found')
  return row
}

/** Returns these messages and all below them, parents first, without those that are deleted. */
export async function subtree(db: Connection, ids: string[]): Promise<string[]> {
  const found: string[] = []
  for (let from = ids; from.length > 0;) {
    await yieldWhenDue()
    const { rows } = await sql<{ id: string; depth: number }>`
      with recursive below (id, depth) as (
        select value, 0 from json_each(${JSON.stringify(from)})
        union all
        select messages.id, depth + 1 from below join messages on messages.parent_id = below.id
        where depth < ${sql.lit(LEVELS_AT_ONCE)} and messages.deletion_id is null
      )
      select id, depth from below order by depth`.execute(db)
    from = rows.filter(({ depth }) => depth === LEVELS_AT_ONCE).map(({ id }) => id)
    for (const { id, depth } of rows) if (depth < LEVELS_AT_ONCE) found.push(id)
  }
  return found
}

/** Returns the ids from the first message of the branch to this one. */
export async function pathTo(db: Connection, id: string): Promise<string[]> {
  const found: string[] = []
  for (let from: string | null = id; from !== null;) {
    await yieldWhenDue()
    const { rows }: { rows: { id: string; parent_id: string | null }[] } = await sql<{
      id: string
      parent_id: string | null
    }>`
      with recursive above (id, parent_id, depth) as (
        select id, parent_id, 1 from messages where id = ${from}
        union all
        select up.id, up.parent_id, depth + 1
        from above join messages up on up.id = above.parent_id
        where depth < ${sql.lit(LEVELS_AT_ONCE)}
      )
      select id, parent_id from above order by depth`.execute(db)
    for (const row of rows) found.push(row.id)
    from = rows.at(-1)?.parent_id ?? null
  }
  return found.toReversed()
}

/** Returns the rows in the order of their ids in the list. */
export async function messagesById(db: Connection, ids: string[]): Promise<StoredMessage[]> {
  const rows = await db.selectFrom('messages').selectAll().where('id', 'in', ids).execute()
  const byId = new Map(rows.map((row) => [row.id, row]))
  return ids.flatMap((id) => byId.get(id) ?? [])
}

/** How long the runs of a message took together. Null if it has none, or one is active. */
export async function runsMs(db: Connection, messageId: string): Promise<number | null> {
  const rows = await db
    .selectFrom('runs')
    .select(['created_at', 'ended_at'])
    .where('message_id', '=', messageId)
    .where('owner', '=', OWNER)
    .execute()
  let sum = 0
  for (const { created_at, ended_at } of rows) {
    if (ended_at === null) return null
    sum += Date.parse(ended_at) - Date.parse(created_at)
  }
  return rows.length === 0 ? null : Math.max(0, sum)
}

/** Children that are not deleted, oldest first. */
export async function childrenOf(
  db: Connection,
  ids: string[],
): Promise<Pick<StoredMessage, 'id' | 'parent_id' | 'role'>[]> {
  return db
    .selectFrom('messages')
    .select(['id', 'parent_id', 'role'])
    .where('parent_id', 'in', ids)
    .where('deletion_id', 'is', null)
    .orderBy('id')
    .execute()
}

/** Moves a message within the tree. A damaged one stays damaged. */
export async function setParent(trx: Writing, id: string, parentId: string | null): Promise<void> {
  const row = await trx.selectFrom('messages').selectAll().where('id', '=', id).executeTakeFirst()
  if (row === undefined) return
  const moved = { ...row, parent_id: parentId }
  const checksum = isDamaged('messages', row) ? row.checksum : checksumOf('messages', moved)
  await trx
    .updateTable('messages')
    .set({ parent_id: parentId, checksum })
    .where('id', '=', id)
    .execute()
}

export function* chunksOf<T>(all: T[], size: number): Generator<T[]> {
  for (let from = 0; from < all.length; from += size) yield all.slice(from, from + size)
}
