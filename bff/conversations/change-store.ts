// Changes a conversation: its name, settings and selected branch, deleting it and undoing that.
import { setImmediate as yieldToEventLoop } from 'node:timers/promises'
import { type Kysely, sql } from 'kysely'
import type { UpdateConversation } from '#shared/api.ts'
import type { Database, Writing } from '../db/open.ts'
import type { Schema } from '../db/schema.ts'
import { Problem } from '../http/problem.ts'
import { OWNER } from './conversation-store.ts'
import { changesOrder, orderColumns } from './order-store.ts'
import { keepTemporary, refuseTemporary } from './temporary-store.ts'

/** Does not move the conversation up in the list: only new messages do. */
export async function changeConversation(
  db: Database,
  id: string,
  changes: UpdateConversation,
): Promise<void> {
  const { title, agent, provider, model, settings, selectedMessageId, temporary } = changes
  await db.transaction(async (trx) => {
    const leaf =
      selectedMessageId === undefined ? undefined : await newestEndBelow(trx, id, selectedMessageId)
    if (temporary === false) await keepTemporary(trx, id)
    else if (changesOrder(changes)) await refuseTemporary(trx, id)
    const order = await orderColumns(trx, changes, new Date().toISOString())
    const result = await trx
      .updateTable('conversations')
      .set((columns) => ({
        ...order,
        // A no-op assignment, so that the statement is valid without changes.
        agent: leaf === undefined ? columns.ref('agent') : agentAt(leaf),
        ...(title !== undefined && { title, title_source: 'person' }),
        ...(agent !== undefined && { agent }),
        ...(provider !== undefined && { provider }),
        ...(model !== undefined && { model }),
        ...(settings !== undefined && { settings: JSON.stringify(settings) }),
        ...(leaf !== undefined && { selected_message_id: leaf }),
      }))
      .where('id', '=', id)
      .where('owner', '=', OWNER)
      .where('deleted_at', 'is', null)
      .executeTakeFirst()
    if (result.numUpdatedRows === 0n) throw new Problem('conversation_not_found')
  })
}

/** The agent that holds the branch: who answered, or whom a question without an answer went to. */
export function agentAt(leaf: string) {
  return sql<string>`coalesce(
    (select agent from messages where id = ${leaf}),
    (select agent from runs where user_message_id = ${leaf} order by id limit 1),
    agent)`
}

/** Follows the newest answer, then its newest question, and so on, down to the end of the branch. */
export async function newestEndBelow(
  db: Kysely<Schema>,
  conversationId: string,
  messageId: string,
): Promise<string> {
  const { rows } = await sql<{ id: string }>`
    with recursive below (id, depth) as (
      select id, 0 from messages
      where id = ${messageId} and conversation_id = ${conversationId} and deletion_id is null
      union all
      select (
        select max(child.id) from messages child
        where child.parent_id = below.id and child.deletion_id is null
      ), depth + 1
      from below where below.id is not null
    )
    select id from below where id is not null order by depth desc limit 1`.execute(db)
  const [end] = rows
  if (end === undefined) throw new Problem('message_not_found')
  return end.id
}

/** Returns false if the conversation does not exist or is already deleted. Undoing twice is harmless. */
export async function setDeleted(db: Database, id: string, at: string | null): Promise<boolean> {
  return db.transaction(async (trx) => {
    const result = await trx
      .updateTable('conversations')
      .set({ deleted_at: at })
      .where('id', '=', id)
      .where('owner', '=', OWNER)
      .$if(at !== null, (query) => query.where('deleted_at', 'is', null))
      // A temporary one does not come back.
      .$if(at === null, (query) => query.where('temporary', '=', sql.lit(0)))
      .executeTakeFirst()
    return result.numUpdatedRows > 0n
  })
}

/** Replaces a title made from the first words, but never one that the user set. */
export async function nameByModel(db: Database, id: string, title: string): Promise<void> {
  await db.transaction(async (trx) => {
    await trx
      .updateTable('conversations')
      .set({ title, title_source: 'model' })
      .where('id', '=', id)
      .where('title_source', '=', 'words')
      .execute()
  })
}

const MESSAGES_AT_ONCE = 20

export interface Deletion {
  id: string
  deletedAt: string
}

/** Purges deleted conversations that are due, in small transactions. The ledger keeps its rows. */
export async function purgeConversations(
  db: Database,
  isDue: (deletion: Deletion) => boolean,
): Promise<void> {
  const deleted = await db.kysely
    .selectFrom('conversations')
    .select(['id', sql<string>`deleted_at`.as('deletedAt')])
    .where('deleted_at', 'is not', null)
    .where(
      sql<boolean>`not exists (
        select 1 from runs where runs.conversation_id = conversations.id and runs.status = 'running'
      )`,
    )
    .execute()
  for (const { id } of deleted.filter(isDue)) await purgeConversation(db, id)
}

/** Purges a deleted conversation that has no active run. */
export async function purgeConversation(db: Database, id: string): Promise<void> {
  while (await db.transaction((trx) => purgeNewestMessages(trx, id))) await yieldToEventLoop()
  await db.transaction((trx) => trx.deleteFrom('conversations').where('id', '=', id).execute())
}

/**
 * Deletes children before their parents: a parent is always stored first, while ids of imported messages are
 * as old as their clock says. Returns false if nothing was left.
 */
export async function purgeNewestMessages(trx: Writing, conversationId: string): Promise<boolean> {
  const newest = trx
    .selectFrom('messages')
    .select('id')
    .where('conversation_id', '=', conversationId)
    .orderBy('number', 'desc')
    .limit(MESSAGES_AT_ONCE)
  const result = await trx.deleteFrom('messages').where('id', 'in', newest).executeTakeFirst()
  return result.numDeletedRows > 0n
}
