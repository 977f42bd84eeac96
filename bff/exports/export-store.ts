// Reads a conversation for an export, in steps that are short however long it is.
import { type SqlBool, sql } from 'kysely'
import { asItIsNow, type LiveRuns } from '../conversations/read-conversation.ts'
import { OWNER } from '../conversations/conversation-store.ts'
import { type MessageRow, toMessage } from '../conversations/message-store.ts'
import { isDamaged } from '../db/checksum.ts'
import type { Database } from '../db/open.ts'
import type { BranchMessage } from '#shared/api.ts'
import type { ModelCall } from '#shared/ledger.ts'
import { fromRow } from '../ledger/calls/call-row-store.ts'
import { withCorrections } from '../ledger/calls/with-corrections.ts'

const IDS_PER_STEP = 500
const ITEMS_PER_STEP = 200
const MAX_STEP_BYTES = 256 * 1024
const CALLS_PER_STEP = 50

/** Returns the numbers of the messages of all branches: a parent comes before its answers. */
export async function messageNumbers(db: Database, conversationId: string): Promise<number[]> {
  const numbers: number[] = []
  const add = async (isNext: (last: { parent_id: string | null; id: string }) => SqlBoolean) => {
    let last = { parent_id: '' as string | null, id: '' }
    for (;;) {
      const rows = await db.kysely
        .selectFrom('messages')
        .select(['number', 'parent_id', 'id'])
        .where('conversation_id', '=', conversationId)
        .where('deletion_id', 'is', null)
        .where(isNext(last))
        .orderBy('parent_id')
        .orderBy('id')
        .limit(IDS_PER_STEP)
        .execute()
      for (const { number } of rows) numbers.push(number)
      const end = rows.at(-1)
      if (end === undefined) return
      last = end
    }
  }
  // The index is (conversation_id, parent_id, id), and null is not comparable.
  await add(({ id }) => sql<SqlBool>`parent_id is null and id > ${id}`)
  await add(({ parent_id, id }) => sql<SqlBool>`(parent_id, id) > (${parent_id}, ${id})`)
  return numbers.toSorted((a, b) => a - b)
}

type SqlBoolean = ReturnType<typeof sql<SqlBool>>

/** Returns the numbers of the messages of one branch, oldest first. */
export async function branchNumbers(
  db: Database,
  conversationId: string,
  leafId: string | null,
): Promise<number[]> {
  const numbers: number[] = []
  const seen = new Set<number>()
  let id = leafId
  while (id !== null) {
    const row = await db.kysely
      .selectFrom('messages')
      .select(['number', 'parent_id'])
      .where('id', '=', id)
      .where('conversation_id', '=', conversationId)
      .executeTakeFirst()
    // A damaged parent may lead in a circle.
    if (row === undefined || seen.has(row.number)) break
    seen.add(row.number)
    numbers.push(row.number)
    id = row.parent_id
  }
  return numbers.toReversed()
}

/** Returns null if the message was deleted meanwhile. */
export async function readMessage(
  db: Database,
  live: LiveRuns,
  number: number,
): Promise<{ message: BranchMessage; isDamaged: boolean; parts: string } | null> {
  const row = await db.kysely
    .selectFrom('messages')
    .selectAll()
    .where('number', '=', number)
    .where('deletion_id', 'is', null)
    .executeTakeFirst()
  if (row === undefined) return null
  const alone: MessageRow = { ...row, sibling_ids: null, dropped: null, summary_id: null }
  const stored = toMessage(alone, db.damage)
  const message = asItIsNow(stored, live)
  const parts = message === stored ? row.parts : JSON.stringify(message.parts)
  return { message, isDamaged: isDamaged('messages', row), parts }
}

export async function childIds(
  db: Database,
  conversationId: string,
  parentId: string | null,
): Promise<string[]> {
  const rows = await db.kysely
    .selectFrom('messages')
    .select('id')
    .where('conversation_id', '=', conversationId)
    .where('parent_id', 'is', parentId)
    .where('deletion_id', 'is', null)
    .orderBy('id')
    .execute()
  return rows.map(({ id }) => id)
}

export interface ExportedItem {
  seq: number
  messageId: string
  item: string
  isDamaged: boolean
}

/** Yields what the model was sent and answered. The sizes are read first, so that a step is bounded. */
export async function* exportedItems(
  db: Database,
  conversationId: string,
): AsyncGenerator<ExportedItem[]> {
  let after = -1
  for (;;) {
    const ofConversation = db.kysely
      .selectFrom('items')
      .where('conversation_id', '=', conversationId)
      .where('seq', '>', after)
      .orderBy('seq')
    const sizes = await ofConversation
      .select(['seq', sql<number>`octet_length(item)`.as('bytes')])
      .limit(ITEMS_PER_STEP)
      .execute()
    let bytes = 0
    const last = sizes.find((row) => (bytes += row.bytes) > MAX_STEP_BYTES) ?? sizes.at(-1)
    if (last === undefined) return
    const rows = await ofConversation
      .selectAll()
      .where('seq', '<=', last.seq)
      .where('message_id', 'not in', deletedIn(db, conversationId))
      .execute()
    yield rows.map((row) => {
      const { seq, message_id: messageId, item } = row
      return { seq, messageId, item, isDamaged: isDamaged('items', row) }
    })
    after = last.seq
  }
}

/** Of deletions that can still be undone: few. */
export function deletedIn(db: Database, conversationId: string) {
  return db.kysely
    .selectFrom('message_deletions')
    .innerJoin('messages', 'messages.deletion_id', 'message_deletions.id')
    .select('messages.id')
    .where('message_deletions.conversation_id', '=', conversationId)
}

/**
 * Yields the ledger rows of a conversation with their corrections, oldest first. Null: those of no
 * conversation, or of one that is deleted or temporary.
 */
export async function* exportedCalls(
  db: Database,
  conversationId: string | null,
): AsyncGenerator<ModelCall[]> {
  let after = { started_at: '', number: 0 }
  for (;;) {
    const rows = await db.kysely
      .selectFrom('model_calls')
      .selectAll()
      .select(sql<number>`rowid`.as('number'))
      .where('owner', '=', OWNER)
      .where(
        conversationId === null
          ? sql<SqlBool>`(conversation_id is null or not exists (
              select 1 from conversations c
              where c.id = model_calls.conversation_id and c.deleted_at is null
                and c.temporary = 0))`
          : sql<SqlBool>`conversation_id = ${conversationId}`,
      )
      .where(sql<SqlBool>`(started_at, rowid) > (${after.started_at}, ${after.number})`)
      .orderBy('started_at')
      .orderBy(sql`rowid`)
      .limit(CALLS_PER_STEP)
      .execute()
    const last = rows.at(-1)
    if (last === undefined) return
    yield await withCorrections(db, rows.map(fromRow))
    after = last
  }
}

/** Returns the ids of the next conversations, oldest first. */
export async function conversationIdsAfter(db: Database, after: string): Promise<string[]> {
  const rows = await db.kysely
    .selectFrom('conversations')
    .select('id')
    .where('owner', '=', OWNER)
    .where('temporary', '=', sql.lit(0))
    .where('deleted_at', 'is', null)
    .where('id', '>', after)
    .orderBy('id')
    .limit(IDS_PER_STEP)
    .execute()
  return rows.map(({ id }) => id)
}

export async function countConversations(db: Database): Promise<number> {
  const row = await db.kysely
    .selectFrom('conversations')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('owner', '=', OWNER)
    .where('temporary', '=', sql.lit(0))
    .where('deleted_at', 'is', null)
    .executeTakeFirstOrThrow()
  return row.count
}
