// Deletes messages so that it can be undone: they are hidden, and purged later. The ledger keeps its
// rows.
import { setImmediate as yieldToEventLoop } from 'node:timers/promises'
import { type Selectable, sql } from 'kysely'
import * as z from 'zod/mini'
import type { DeleteScope } from '#shared/messages.ts'
import type { Database, Writing } from '../db/open.ts'
import type { MessageDeletionsTable } from '../db/schema-messages.ts'
import { Problem } from '../http/problem.ts'
import { yieldWhenDue } from '../jobs/event-loop.ts'
import { agentAt, type Deletion, newestEndBelow } from './change-store.ts'
import { OWNER } from './conversation-store.ts'
import {
  childrenOf,
  chunksOf,
  findMessage,
  pathTo,
  ROWS_AT_ONCE,
  setParent,
  type StoredMessage,
  subtree,
} from './message-tree-store.ts'
import { t } from '#shared/translate.ts'

const MESSAGES_AT_ONCE = 20

interface DeleteMessages {
  id: string
  scope: DeleteScope
  at: string
}

/**
 * Returns the id of the conversation if one of the messages is being written: then nothing is deleted,
 * because its run has to end first.
 */
export async function deleteMessages(
  db: Database,
  { id, scope, at }: DeleteMessages,
): Promise<string | null> {
  return db.transaction(async (trx) => {
    const root = await findMessage(trx, id)
    const { ids, joined } =
      scope === 'branch'
        ? { ids: await subtree(trx, [id]), joined: [] }
        : await withoutWhatFollows(trx, root)
    const conversationId = root.conversation_id
    const gone = new Set(ids)
    if (await isBeingWritten(trx, conversationId, gone)) return conversationId
    const selected = await selectedIn(trx, conversationId)
    const isSelected = selected !== null && gone.has(selected)
    await trx
      .insertInto('message_deletions')
      .values({
        id,
        conversation_id: conversationId,
        deleted_at: at,
        selected_message_id: isSelected ? selected : null,
        joined: JSON.stringify(joined),
        summaries: JSON.stringify(await undoSummaries(trx, conversationId, gone, at)),
      })
      .execute()
    await mark(trx, ids, id)
    for (const [child] of joined) await setParent(trx, child, root.parent_id)
    if (isSelected) await select(trx, conversationId, await endAfter(trx, root))
    return null
  })
}

type Joined = [id: string, parentId: string]

/**
 * An answer goes alone. A question takes all its answers with it: an answer without its question could
 * not be tried again. What followed takes its place.
 */
async function withoutWhatFollows(
  trx: Writing,
  { id, role }: StoredMessage,
): Promise<{ ids: string[]; joined: Joined[] }> {
  const below = await childrenOf(trx, [id])
  const answers = role === 'user' ? below.filter((child) => child.role === 'assistant') : []
  const ids = [id, ...answers.map((answer) => answer.id)]
  const after = await childrenOf(trx, ids)
  const joined = after
    .filter((child) => !ids.includes(child.id))
    .map((child): Joined => [child.id, child.parent_id ?? id])
  return { ids, joined }
}

async function isBeingWritten(
  trx: Writing,
  conversationId: string,
  ids: ReadonlySet<string>,
): Promise<boolean> {
  const run = await trx
    .selectFrom('runs')
    .select('message_id')
    .where('conversation_id', '=', conversationId)
    .where('owner', '=', OWNER)
    .where('status', '=', sql.lit('running'))
    .executeTakeFirst()
  return run !== undefined && ids.has(run.message_id)
}

async function selectedIn(trx: Writing, conversationId: string): Promise<string | null> {
  const row = await trx
    .selectFrom('conversations')
    .select('selected_message_id')
    .where('id', '=', conversationId)
    .executeTakeFirst()
  return row?.selected_message_id ?? null
}

async function mark(trx: Writing, ids: string[], deletionId: string | null): Promise<void> {
  for (const chunk of chunksOf(ids, ROWS_AT_ONCE)) {
    await yieldWhenDue()
    await trx
      .updateTable('messages')
      .set({ deletion_id: deletionId })
      .where('id', 'in', chunk)
      .execute()
  }
}

/** The end of the version beside it, the one before if there is one, else that of what stood above it. */
async function endAfter(trx: Writing, root: StoredMessage): Promise<string | null> {
  const siblings = await trx
    .selectFrom('messages')
    .select('id')
    .where('conversation_id', '=', root.conversation_id)
    .where('parent_id', 'is', root.parent_id)
    .where('deletion_id', 'is', null)
    .orderBy('id')
    .execute()
  const before = siblings.findLast(({ id }) => id < root.id) ?? siblings[0]
  const from = before?.id ?? root.parent_id
  return from === null ? null : newestEndBelow(trx, root.conversation_id, from)
}

async function select(trx: Writing, conversationId: string, leaf: string | null): Promise<void> {
  await trx
    .updateTable('conversations')
    .set({ selected_message_id: leaf, ...(leaf !== null && { agent: agentAt(leaf) }) })
    .where('id', '=', conversationId)
    .execute()
}

/** A summary tells what it stands for: without it the model is sent the messages that are left. */
async function undoSummaries(
  trx: Writing,
  conversationId: string,
  gone: ReadonlySet<string>,
  at: string,
): Promise<string[]> {
  const active = await trx
    .selectFrom('summaries')
    .select(['id', 'message_id'])
    .where('conversation_id', '=', conversationId)
    .where('undone_at', 'is', null)
    .execute()
  const undone: string[] = []
  for (const { id, message_id } of active) {
    if ((await pathTo(trx, message_id)).some((above) => gone.has(above))) undone.push(id)
  }
  await setSummaries(trx, undone, at)
  return undone
}

async function setSummaries(trx: Writing, ids: string[], undoneAt: string | null): Promise<void> {
  if (ids.length === 0) return
  await trx.updateTable('summaries').set({ undone_at: undoneAt }).where('id', 'in', ids).execute()
}

const JoinedRows = z.array(z.tuple([z.string(), z.string()]))
const Ids = z.array(z.string())

/** Returns the id of the conversation. Throws if there is nothing to undo. */
export async function restoreMessages(db: Database, id: string): Promise<string> {
  return db.transaction(async (trx) => {
    const deletion = await findDeletion(trx, id)
    const joined = JoinedRows.parse(JSON.parse(deletion.joined))
    const ids = await idsOf(trx, id)
    await mark(trx, ids, null)
    for (const [child, parent] of joined) await setParent(trx, child, parent)
    await setSummaries(trx, Ids.parse(JSON.parse(deletion.summaries)), null)
    const { conversation_id: conversationId, selected_message_id: selected } = deletion
    if (selected !== null) await select(trx, conversationId, selected)
    await trx.deleteFrom('message_deletions').where('id', '=', id).execute()
    return conversationId
  })
}

async function findDeletion(trx: Writing, id: string): Promise<Selectable<MessageDeletionsTable>> {
  const deletion = await trx
    .selectFrom('message_deletions')
    .innerJoin('conversations', 'conversations.id', 'message_deletions.conversation_id')
    .selectAll('message_deletions')
    .where('message_deletions.id', '=', id)
    .where('conversations.owner', '=', OWNER)
    .where('conversations.deleted_at', 'is', null)
    .executeTakeFirst()
  if (deletion === undefined) throw new Problem('message_not_found')
  const above = await trx
    .selectFrom('messages')
    .innerJoin('messages as parent', 'parent.id', 'messages.parent_id')
    .select('parent.deletion_id')
    .where('messages.id', '=', id)
    .executeTakeFirst()
  if (above?.deletion_id) {
    const detail = t`The message above it was deleted since. Undo that first.`
    throw new Problem('message_not_found', detail)
  }
  return deletion
}

async function idsOf(trx: Writing, deletionId: string): Promise<string[]> {
  const rows = await trx
    .selectFrom('messages')
    .select('id')
    .where('deletion_id', '=', deletionId)
    .execute()
  return rows.map(({ id }) => id)
}

/** Purges deleted messages that are due, the longest deleted first, in small transactions. */
export async function purgeMessages(
  db: Database,
  isDue: (deletion: Deletion) => boolean,
): Promise<void> {
  const deletions = await db.kysely
    .selectFrom('message_deletions')
    .select(['id', 'deleted_at as deletedAt'])
    .orderBy('deleted_at')
    .orderBy('id')
    .execute()
  for (const { id } of deletions.filter(isDue)) {
    while (await db.transaction((trx) => purgeNewest(trx, id))) await yieldToEventLoop()
    await db.transaction((trx) =>
      trx.deleteFrom('message_deletions').where('id', '=', id).execute(),
    )
  }
}

/** Deletes children before their parents. Returns false if nothing was left. */
async function purgeNewest(trx: Writing, deletionId: string): Promise<boolean> {
  const newest = trx
    .selectFrom('messages')
    .select('id')
    .where('deletion_id', '=', deletionId)
    .orderBy('number', 'desc')
    .limit(MESSAGES_AT_ONCE)
  const result = await trx.deleteFrom('messages').where('id', 'in', newest).executeTakeFirst()
  return result.numDeletedRows > 0n
}
