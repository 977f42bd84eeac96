// Writes conversations of other products. A new one is hidden until it is whole; one that was imported
// before only gets the messages that it lacks.
import { sql } from 'kysely'
import { v7 as uuid } from 'uuid'
import { MAX_TITLE_CHARS } from '#shared/limits.ts'
import { NO_CALLS, type Totals } from '#shared/totals.ts'
import { OWNER } from '../conversations/conversation-store.ts'
import { checksumOf } from '../db/checksum.ts'
import type { Database, Writing } from '../db/open.ts'
import { insertItems } from '../runs/item-store.ts'
import type { ReadConversation, ReadMessage } from './read-messages.ts'
import { TALLY } from './tally-lines.ts'

/** What another product has spent is not known, and never zero. */
const IMPORTED_TOTALS: Totals = { ...NO_CALLS, costNanoUsd: null, certainty: 'unknown' }

export interface OpenConversation {
  id: string
  title: string
  isNew: boolean
  /** Messages written by this import. */
  added: number
  /** Ids that this import has written, of an export of Tally. */
  fresh: Set<string>
}

export async function countKnown(db: Database, externalIds: string[]): Promise<number> {
  const ownIds = externalIds.flatMap((id) => (id.startsWith(TALLY) ? [id.slice(TALLY.length)] : []))
  const row = await db.kysely
    .selectFrom('conversations')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('owner', '=', OWNER)
    .where('deleted_at', 'is', null)
    .where((or) =>
      or.or([or('external_id', 'in', listed(externalIds)), or('id', 'in', listed(ownIds))]),
    )
    .executeTakeFirstOrThrow()
  return row.count
}

function listed(ids: string[]) {
  return sql<string>`(select value from json_each(${JSON.stringify(ids)}))`
}

/** Hidden, it is purged if the import does not go on. */
export async function openConversation(
  trx: Writing,
  read: ReadConversation,
  agent: string,
): Promise<OpenConversation> {
  const known = await trx
    .selectFrom('conversations')
    .select(['id', 'title', 'deleted_at'])
    .where('owner', '=', OWNER)
    .where('external_id', '=', read.externalId)
    .executeTakeFirst()
  if (known !== undefined) {
    return {
      id: known.id,
      title: known.title,
      isNew: known.deleted_at !== null,
      added: 0,
      fresh: new Set(),
    }
  }
  const id = uuid({ msecs: Date.parse(read.createdAt) })
  const title = titleOf(read.title)
  await trx
    .insertInto('conversations')
    .values({
      id,
      owner: OWNER,
      title,
      title_source: 'person',
      agent,
      provider: null,
      model: null,
      selected_message_id: null,
      created_at: read.createdAt,
      updated_at: read.updatedAt,
      deleted_at: new Date().toISOString(),
      external_id: read.externalId,
    })
    .execute()
  return { id, title, isNew: true, added: 0, fresh: new Set() }
}

function titleOf(title: string): string {
  const line = title.toWellFormed().replaceAll(/\s+/g, ' ').trim()
  return line === '' ? 'Untitled' : line.slice(0, MAX_TITLE_CHARS).replace(/[\uD800-\uDBFF]$/, '')
}

/** Returns how many were new. */
export async function writeMessages(
  trx: Writing,
  { id: conversationId, added }: OpenConversation,
  messages: ReadMessage[],
): Promise<number> {
  const wanted = messages.flatMap(({ externalIds, parentId }) => [...externalIds, parentId ?? ''])
  const known = await messageIds(trx, conversationId, wanted)
  let count = 0
  for (const message of messages) {
    const [first = ''] = message.externalIds
    if (known.has(first)) continue
    const id = uuid({ msecs: Date.parse(message.createdAt), seq: added + count })
    await insertMessage(trx, conversationId, id, known.get(message.parentId ?? '') ?? null, message)
    const names = message.externalIds.filter((external) => !known.has(external))
    await trx
      .insertInto('imported_messages')
      .values(
        names.map((external_id) => ({
          conversation_id: conversationId,
          external_id,
          message_id: id,
        })),
      )
      .onConflict((conflict) => conflict.doNothing())
      .execute()
    for (const external of names) known.set(external, id)
    count += 1
  }
  return count
}

async function messageIds(
  trx: Writing,
  conversationId: string,
  externalIds: string[],
): Promise<Map<string, string>> {
  const rows = await trx
    .selectFrom('imported_messages')
    .select(['external_id', 'message_id'])
    .where('conversation_id', '=', conversationId)
    .where('external_id', 'in', listed(externalIds))
    .execute()
  return new Map(rows.map((row) => [row.external_id, row.message_id]))
}

async function insertMessage(
  trx: Writing,
  conversationId: string,
  id: string,
  parentId: string | null,
  message: ReadMessage,
): Promise<void> {
  const isAnswer = message.role === 'assistant'
  const row = {
    id,
    conversation_id: conversationId,
    parent_id: parentId,
    role: message.role,
    status: 'completed' as const,
    parts: message.parts,
    created_at: message.createdAt,
    run_id: null,
    agent: null,
    provider: null,
    model: message.model,
  }
  await trx
    .insertInto('messages')
    .values({
      ...row,
      totals: isAnswer ? JSON.stringify(IMPORTED_TOTALS) : null,
      checksum: checksumOf('messages', row),
    })
    .execute()
  const items = message.items.map((item): Record<string, unknown> => JSON.parse(item))
  await insertItems(trx, conversationId, id, items)
}

/** Shows it, with the branch that was selected there. */
export async function closeConversation(
  trx: Writing,
  { id, isNew }: OpenConversation,
  { selectedId, updatedAt }: ReadConversation,
): Promise<void> {
  if (!isNew) {
    await trx
      .updateTable('conversations')
      .set({ updated_at: sql`max(updated_at, ${updatedAt})` })
      .where('id', '=', id)
      .execute()
    return
  }
  const selected = selectedId === null ? undefined : await messageIds(trx, id, [selectedId])
  const newest = sql<string>`(select max(id) from messages where conversation_id = ${id})`
  await trx
    .updateTable('conversations')
    .set({ deleted_at: null, selected_message_id: selected?.get(selectedId ?? '') ?? newest })
    .where('id', '=', id)
    .execute()
  const { calls, unpricedCalls, costNanoUsd, certainty } = IMPORTED_TOTALS
  await trx
    .insertInto('conversation_totals')
    .values({
      conversation_id: id,
      owner: OWNER,
      demo: 0,
      calls,
      input_tokens: 0,
      cached_input_tokens: 0,
      cache_write_tokens: 0,
      output_tokens: 0,
      reasoning_tokens: 0,
      cost_nano_usd: costNanoUsd,
      certainty,
      unpriced_calls: unpricedCalls,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}
