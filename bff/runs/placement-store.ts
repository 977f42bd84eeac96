// Where a new answer goes in the tree, and what the conversation says about it. Part of the
// transaction that stores the run, so that what it found is still so.
import { sql } from 'kysely'
import type { ConversationSettings, Run, StartRun } from '#shared/api.ts'
import { OWNER, findConversation, sentSettings } from '../conversations/conversation-store.ts'
import type { Database, Writing } from '../db/open.ts'
import { Problem } from '../http/problem.ts'
import { t } from '#shared/translate.ts'

export interface Setup {
  agent: string
  provider: string | null
  model: string | null
  settings: ConversationSettings
}

export async function findSetup(db: Database, conversationId: string): Promise<Setup> {
  const conversation = await findConversation(db, conversationId)
  if (conversation === null) throw new Problem('conversation_not_found')
  const { agent, provider, model } = conversation
  return { agent, provider, model, settings: sentSettings(conversation) }
}

export interface Placement {
  /** The existing question, if this is another answer to it. */
  userMessageId: string | null
  /** The parent of a new question. */
  parentId: string | null
  /** The agent that holds the branch there; null: as the conversation says. */
  agent: string | null
  /** Nothing was answered before it. */
  isFirst: boolean
}

export async function findPlacement(
  trx: Writing,
  conversationId: string,
  { retryOf, parentId }: StartRun,
): Promise<Placement> {
  if (retryOf !== undefined) {
    const { id, role, parent_id } = await findMessage(trx, conversationId, retryOf)
    const question = role === 'user' ? id : parent_id
    const agent = await firstAgentOf(trx, role === 'user' ? 'user_message_id' : 'message_id', id)
    return { userMessageId: question, parentId: null, agent, isFirst: false }
  }
  if (parentId !== undefined && parentId !== null) {
    const { agent } = await findMessage(trx, conversationId, parentId)
    return { userMessageId: null, parentId, agent, isFirst: false }
  }
  const end = parentId === undefined ? await endOfBranch(trx, conversationId) : parentId
  return { userMessageId: null, parentId: end, agent: null, isFirst: end === null }
}

/** The agent that an answer began with, which may have handed over since, or that a question went to. */
async function firstAgentOf(
  trx: Writing,
  of: 'message_id' | 'user_message_id',
  messageId: string,
): Promise<string | null> {
  const row = await trx
    .selectFrom('runs')
    .select('agent')
    .where(of, '=', messageId)
    .where('owner', '=', OWNER)
    .orderBy('id')
    .executeTakeFirst()
  return row?.agent ?? null
}

async function findMessage(trx: Writing, conversationId: string, id: string) {
  const row = await trx
    .selectFrom('messages')
    .select(['id', 'role', 'parent_id', 'agent'])
    .where('id', '=', id)
    .where('conversation_id', '=', conversationId)
    .where('deletion_id', 'is', null)
    .executeTakeFirst()
  if (row !== undefined) return row
  throw new Problem('message_not_found', t`This conversation has no message with the id ${id}.`)
}

async function endOfBranch(trx: Writing, conversationId: string): Promise<string | null> {
  const row = await trx
    .selectFrom('conversations')
    .select('selected_message_id')
    .where('id', '=', conversationId)
    .executeTakeFirstOrThrow()
  return row.selected_message_id
}

/** The conversation moves to the top, shows the new answer, and has a title from now on. */
export async function showRun(trx: Writing, run: Run, shortTitle: string | null): Promise<void> {
  const updated = await trx
    .updateTable('conversations')
    .set({
      selected_message_id: run.messageId,
      updated_at: run.createdAt,
      agent: run.agent,
      // Who goes on with it wants to find it.
      archived_at: null,
    })
    .where('id', '=', run.conversationId)
    .where('deleted_at', 'is', null)
    .executeTakeFirst()
  if (updated.numUpdatedRows !== 1n) throw new Problem('conversation_not_found')
  if (shortTitle === null) return
  await trx
    .updateTable('conversations')
    .set({ title: shortTitle, title_source: 'words' })
    .where('id', '=', run.conversationId)
    .where('title_source', '=', sql.lit('none'))
    .where('temporary', '=', sql.lit(0))
    .execute()
}

/** Returns true if a model should name the conversation: it has no name, and this run answers its beginning. */
export async function wantsTitle(db: Database, run: Run): Promise<boolean> {
  const row = await db.kysely
    .selectFrom('conversations')
    .innerJoin('messages', 'messages.conversation_id', 'conversations.id')
    .select('conversations.id')
    .where('conversations.id', '=', run.conversationId)
    .where('conversations.title_source', '=', sql.lit('words'))
    .where('messages.id', '=', run.userMessageId)
    .where('messages.parent_id', 'is', null)
    .executeTakeFirst()
  return row !== undefined
}
