// The SQL for the question of a run: its message, the files that it uses, and what the model is sent.
import type { Insertable } from 'kysely'
import type { Run } from '#shared/api.ts'
import { checksumOf } from '../db/checksum.ts'
import type { Writing } from '../db/open.ts'
import type { MessagesTable } from '../db/schema.ts'
import { Problem } from '../http/problem.ts'
import type { AttachedFiles } from '../upstream/attached-files.ts'
import { userItem } from '../upstream/items.ts'
import { insertItems } from './item-store.ts'

export interface Question {
  text: string
  files: AttachedFiles
  parentId: string | null
}

type NewMessage = Omit<Insertable<MessagesTable>, 'totals' | 'checksum'>

export async function insertMessage(trx: Writing, message: NewMessage): Promise<void> {
  const row = { ...message, totals: null, checksum: checksumOf('messages', message) }
  await trx.insertInto('messages').values(row).execute()
}

export async function insertQuestion(
  trx: Writing,
  run: Run,
  { text, files, parentId }: Question,
): Promise<void> {
  const said = text === '' ? [] : [{ type: 'text', text }]
  await insertMessage(trx, {
    id: run.userMessageId,
    conversation_id: run.conversationId,
    parent_id: parentId,
    role: 'user',
    status: 'completed',
    parts: JSON.stringify([...files.parts, ...said]),
    created_at: run.createdAt,
    run_id: null,
    agent: null,
    provider: null,
    model: null,
  })
  await checkUses(trx, run.userMessageId, files)
  await insertItems(trx, run.conversationId, run.userMessageId, [userItem(text, files.content)])
}

/** A file that nothing used may have been deleted since it was read. */
async function checkUses(trx: Writing, messageId: string, { parts }: AttachedFiles): Promise<void> {
  if (parts.length === 0) return
  const uses = await trx
    .selectFrom('file_uses')
    .select('file_id')
    .where('message_id', '=', messageId)
    .execute()
  if (uses.length !== new Set(parts.map(({ fileId }) => fileId)).size) {
    throw new Problem('file_not_found')
  }
}
