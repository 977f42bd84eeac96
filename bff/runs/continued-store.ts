// The message of a run that goes on with an earlier one: what it has is what the log of the new run
// begins with, also after a crash.
import { type Kysely, type Selectable, sql } from 'kysely'
import type { Run } from '#shared/api.ts'
import type { Message } from '#shared/message.ts'
import { OWNER } from '../conversations/conversation-store.ts'
import { readableParts, readableTotals } from '../conversations/message-store.ts'
import { checksumOf, isDamaged } from '../db/checksum.ts'
import type { Writing } from '../db/open.ts'
import type { MessagesTable, Schema } from '../db/schema.ts'
import { Problem } from '../http/problem.ts'

type Row = Omit<Selectable<MessagesTable>, 'number'>

export interface StoredAnswer {
  row: Row
  message: Message
  /** It is the end of the selected branch. */
  isSelected: boolean
  isDamaged: boolean
}

export async function findAnswer(db: Kysely<Schema>, id: string): Promise<StoredAnswer> {
  const found = await db
    .selectFrom('messages')
    .innerJoin('conversations', 'conversations.id', 'messages.conversation_id')
    .selectAll('messages')
    .select('conversations.selected_message_id')
    .where('messages.id', '=', id)
    .where('messages.deletion_id', 'is', null)
    .where('conversations.owner', '=', OWNER)
    .where('conversations.deleted_at', 'is', null)
    .executeTakeFirst()
  if (found === undefined) throw new Problem('message_not_found')
  const { selected_message_id: selected, number: _, ...row } = found
  const damaged = isDamaged('messages', row)
  return { row, message: toMessage(row, damaged), isSelected: selected === id, isDamaged: damaged }
}

/** Returns what the new run goes on with. */
export async function continueMessage(
  trx: Writing,
  { row, message }: StoredAnswer,
  run: Run,
): Promise<Message> {
  const changes = { status: run.status, run_id: run.id }
  await trx
    .updateTable('messages')
    .set({ ...changes, checksum: checksumOf('messages', { ...row, ...changes }) })
    .where('id', '=', message.id)
    .execute()
  await trx
    .updateTable('conversations')
    .set({ updated_at: run.createdAt })
    .where('id', '=', run.conversationId)
    .execute()
  return { ...message, status: run.status, runId: run.id }
}

/** What a run that is under way has gone on with; null: it began its message. */
export async function messageBefore(db: Kysely<Schema>, run: Run): Promise<Message | null> {
  const row = await db
    .selectFrom('messages')
    .selectAll()
    .where('id', '=', run.messageId)
    .where('status', '=', sql.lit('running'))
    .where('run_id', '=', run.id)
    .executeTakeFirst()
  // The parts of a message are stored at its ending.
  if (row === undefined || row.parts === '[]') return null
  return toMessage(row, isDamaged('messages', row))
}

function toMessage(row: Row, damaged: boolean): Message {
  return {
    id: row.id,
    conversationId: row.conversation_id,
    parentId: row.parent_id,
    role: row.role,
    status: row.status,
    parts: damaged ? [] : readableParts(row.parts),
    createdAt: row.created_at,
    runId: row.run_id,
    agent: row.agent,
    provider: row.provider,
    model: row.model,
    totals: readableTotals(row.totals),
  }
}
