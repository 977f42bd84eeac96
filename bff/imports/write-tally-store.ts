// Writes conversations of Tally's own export under their own ids. What is here already stays as it is, and
// money is never booked twice.
import { sql } from 'kysely'
import * as z from 'zod/mini'
import { ConversationSettings } from '#shared/api.ts'
import { purgeNewestMessages } from '../conversations/change-store.ts'
import { OWNER } from '../conversations/conversation-store.ts'
import { checksumOf } from '../db/checksum.ts'
import type { Writing } from '../db/open.ts'
import { insertItems } from '../runs/item-store.ts'
import { restoreFolderOf } from './restore-folder-store.ts'
import { field, idAt, objectAt, textAt, timeAt } from './json-fields.ts'
import type { ReadConversation, ReadLine } from './read-messages.ts'
import { LEDGER, TALLY } from './tally-lines.ts'
import { insertCall, insertCorrection } from './write-ledger-store.ts'
import { insertRunLine } from './write-run-store.ts'
import type { OpenConversation } from './write-store.ts'

/**
 * Null: the ids belong to something else here. `more`: a few messages of an earlier attempt were deleted, and
 * the same call goes on with it.
 */
export async function openOwn(
  trx: Writing,
  read: ReadConversation,
): Promise<OpenConversation | null | 'more'> {
  if (read.externalId === LEDGER) return opened('', '', false)
  const id = read.externalId.slice(TALLY.length)
  const known = await trx
    .selectFrom('conversations')
    .select(['owner', 'title', 'deleted_at'])
    .where('id', '=', id)
    .executeTakeFirst()
  if (known === undefined) return opened(id, read.title, true)
  if (known.owner !== OWNER) return null
  if (known.deleted_at === null) return opened(id, known.title, false)
  // Deleted, or left half written by an import that was interrupted: written anew, so that nothing is missing.
  if (await purgeNewestMessages(trx, id)) return 'more'
  await trx.deleteFrom('conversations').where('id', '=', id).execute()
  return opened(id, read.title, true)
}

function opened(id: string, title: string, isNew: boolean): OpenConversation {
  return { id, title, isNew, added: 0, fresh: new Set() }
}

export interface Written {
  messages: number
  calls: number
}

export async function writeLines(
  trx: Writing,
  open: OpenConversation,
  lines: ReadLine[],
  agentOf: (name: string) => string,
): Promise<Written> {
  const written: Written = { messages: 0, calls: 0 }
  for (const { type, fields } of lines) {
    if (type === 'conversation') await insertConversation(trx, open, fields, agentOf)
    else if (type === 'message') {
      written.messages += (await insertMessage(trx, open, fields)) ? 1 : 0
    } else if (type === 'item') {
      const item = objectAt(fields, 'item')
      const messageId = textAt(fields, 'messageId')
      if (item !== null && open.fresh.has(messageId)) {
        await insertItems(trx, open.id, messageId, [item])
      }
    } else if (type === 'call') written.calls += (await insertCall(trx, open, fields)) ? 1 : 0
    else if (type === 'correction') await insertCorrection(trx, open, fields)
    else await insertRunLine(trx, open, type, fields)
  }
  return written
}

async function insertConversation(
  trx: Writing,
  { id, title, isNew }: OpenConversation,
  fields: object,
  agentOf: (name: string) => string,
): Promise<void> {
  if (!isNew) return
  const settings = ConversationSettings.safeParse(field(fields, 'settings'))
  const createdAt = timeAt(fields, 'createdAt') ?? new Date().toISOString()
  const updatedAt = timeAt(fields, 'updatedAt') ?? createdAt
  const folderId = await restoreFolderOf(trx, fields, createdAt)
  const flagged = (name: string) => (field(fields, name) === true ? updatedAt : null)
  await trx
    .insertInto('conversations')
    .values({
      id,
      owner: OWNER,
      title,
      title_source: 'person',
      agent: agentOf(textAt(fields, 'agent')),
      provider: idAt(fields, 'provider'),
      model: idAt(fields, 'model'),
      settings: JSON.stringify(settings.success ? settings.data : {}),
      folder_id: folderId,
      selected_message_id: null,
      created_at: createdAt,
      updated_at: updatedAt,
      pinned_at: flagged('pinned'),
      archived_at: flagged('archived'),
      read_at: field(fields, 'unread') === true ? createdAt : updatedAt,
      deleted_at: new Date().toISOString(),
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

const StoredMessage = z.object({
  id: z.string(),
  parentId: z.nullable(z.string()),
  role: z.enum(['user', 'assistant']),
  status: z.enum(['completed', 'stopped', 'failed', 'interrupted']),
  createdAt: z.iso.datetime({ precision: 3 }),
  runId: z.nullable(z.string()),
  agent: z.nullable(z.string()),
  provider: z.nullable(z.string()),
  model: z.nullable(z.string()),
})

/** Returns whether it was written. */
async function insertMessage(
  trx: Writing,
  { id: conversationId, fresh }: OpenConversation,
  fields: object,
): Promise<boolean> {
  const message = StoredMessage.safeParse(fields)
  if (!message.success) return false
  const { id, parentId, role, status, createdAt, runId, agent, provider, model } = message.data
  const [isTaken, hasParent] = [
    await isMessage(trx, id, null),
    parentId !== null && (await isMessage(trx, parentId, conversationId)),
  ]
  if (isTaken) return false
  const row = {
    id,
    conversation_id: conversationId,
    parent_id: hasParent ? parentId : null,
    role,
    status,
    parts: JSON.stringify(field(fields, 'parts')),
    created_at: createdAt,
    run_id: runId,
    agent,
    provider,
    model,
  }
  const totals = objectAt(fields, 'totals')
  await trx
    .insertInto('messages')
    .values({
      ...row,
      totals: totals === null ? null : JSON.stringify(totals),
      checksum: checksumOf('messages', row),
    })
    .execute()
  fresh.add(id)
  return true
}

async function isMessage(
  trx: Writing,
  id: string,
  conversationId: string | null,
): Promise<boolean> {
  const row = await trx
    .selectFrom('messages')
    .select('id')
    .where('id', '=', id)
    .$if(conversationId !== null, (query) => query.where('conversation_id', '=', conversationId))
    .executeTakeFirst()
  return row !== undefined
}

/** Shows it, with its selected branch. */
export async function closeOwn(
  trx: Writing,
  { id, isNew }: OpenConversation,
  { selectedId, updatedAt }: ReadConversation,
): Promise<void> {
  if (!isNew) return
  const isThere = selectedId !== null && (await isMessage(trx, selectedId, id))
  const newest = sql<string>`(select max(id) from messages where conversation_id = ${id})`
  await trx
    .updateTable('conversations')
    .set({
      deleted_at: null,
      updated_at: updatedAt,
      selected_message_id: isThere ? selectedId : newest,
    })
    .where('id', '=', id)
    .execute()
}
