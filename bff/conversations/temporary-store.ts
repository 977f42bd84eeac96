// The SQL of temporary conversations.
import { sql } from 'kysely'
import { messageText } from '#shared/message-text.ts'
import type { Database, Writing } from '../db/open.ts'
import { Problem } from '../http/problem.ts'
import { OWNER } from './conversation-store.ts'
import { readableParts } from './message-store.ts'
import { shortTitle } from './short-title.ts'
import { t } from '#shared/translate.ts'

export interface TemporaryRow {
  id: string
  isDeleted: boolean
  isRunning: boolean
}

export async function listTemporary(db: Database): Promise<TemporaryRow[]> {
  const rows = await db.kysely
    .selectFrom('conversations')
    .select(['id', 'deleted_at'])
    .select(
      sql<0 | 1>`exists (
        select 1 from runs where runs.conversation_id = conversations.id and runs.status = 'running'
      )`.as('is_running'),
    )
    .where('owner', '=', OWNER)
    .where('temporary', '=', sql.lit(1))
    .execute()
  return rows.map(({ id, deleted_at, is_running }) => {
    return { id, isDeleted: deleted_at !== null, isRunning: is_running === 1 }
  })
}

/** Makes it a conversation like the others, named by its first words. Changes no other. */
export async function keepTemporary(trx: Writing, id: string): Promise<void> {
  const first = await trx
    .selectFrom('messages')
    .select('parts')
    .where('conversation_id', '=', id)
    .where('parent_id', 'is', null)
    .where('deletion_id', 'is', null)
    .orderBy('id')
    .limit(1)
    .executeTakeFirst()
  const words = first && shortTitle(messageText({ parts: readableParts(first.parts) }))
  const isNamed = sql<boolean>`title_source <> 'none'`
  await trx
    .updateTable('conversations')
    .set((columns) => ({
      temporary: 0,
      title: words
        ? sql<string>`iif(${isNamed}, title, ${words})`
        : sql<string>`iif(${isNamed}, title, ${t`New chat`})`,
      ...(words && {
        title_source: sql<'words'>`iif(${isNamed}, ${columns.ref('title_source')}, 'words')`,
      }),
    }))
    .where('id', '=', id)
    .where('owner', '=', OWNER)
    .where('deleted_at', 'is', null)
    .where('temporary', '=', sql.lit(1))
    .execute()
}

export async function refuseTemporary(trx: Writing, id: string): Promise<void> {
  const found = await trx
    .selectFrom('conversations')
    .select('id')
    .where('id', '=', id)
    .where('owner', '=', OWNER)
    .where('temporary', '=', sql.lit(1))
    .executeTakeFirst()
  if (found === undefined) return
  throw new Problem('bad_request', t`This chat is temporary. Keep it before you put it in order.`)
}
