// Writes conversations of other products. A new one is hidden until it is whole; one that was imported
// before only gets the messages that it lacks.
import { sql } from 'kysely'
import { v7 as uuid } from 'uuid'
import { MAX_TITLE_CHARS } from '#shared/limits.ts'
import { NO_CALLS } from '#shared/add-totals.ts'
import type { Totals } from '#shared/totals.ts'
import { OWNER } from '../conversations/conversation-store.ts'
import { checksumOf } from '../db/checksum.ts'
import type { Database, Writing } from '../db/open.ts'
import { prepared } from '../db/prepared.ts'
import { insertItemTexts } from '../runs/item-store.ts'
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

const findKnown = prepared(['externalId'], (db, placeholder) =>
  db
    .selectFrom('conversations')
    .select(['id', 'title', 'deleted_at'])
    .where('owner', '=', OWNER)
    .where('external_id', '=', placeholder('externalId'))
    .compile(),
)

/** Hidden, it is purged if the import does not go on. */
export async function openConversation(
  trx: Writing,
  read: ReadConversation,
  { agent, untitled }: { agent: string; untitled: string },
): Promise<OpenConversation> {
  const [known] = await findKnown(trx, { externalId: read.externalId })
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
  const title = titleOf(read.title) || untitled
  const { createdAt, updatedAt, externalId } = read
  const hiddenAt = new Date().toISOString()
  await insertHidden(trx, { id, title, agent, createdAt, updatedAt, hiddenAt, externalId })
  return { id, title, isNew: true, added: 0, fresh: new Set() }
}

const insertHidden = prepared(
  ['id', 'title', 'agent', 'createdAt', 'updatedAt', 'hiddenAt', 'externalId'],
  (db, placeholder) =>
    sql`
      insert into conversations
        (id, owner, title, title_source, agent, created_at, updated_at, deleted_at, external_id)
      values (${placeholder('id')}, ${OWNER}, ${placeholder('title')}, 'person',
        ${placeholder('agent')}, ${placeholder('createdAt')}, ${placeholder('updatedAt')},
        ${placeholder('hiddenAt')}, ${placeholder('externalId')})`.compile(db),
)

function titleOf(title: string): string {
  const line = title.toWellFormed().replaceAll(/\s+/g, ' ').trim()
  return line.slice(0, MAX_TITLE_CHARS).replace(/[\uD800-\uDBFF]$/, '')
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
    for (const externalId of names) {
      await insertName(trx, { conversationId, externalId, id })
      known.set(externalId, id)
    }
    count += 1
  }
  return count
}

const insertName = prepared(['conversationId', 'externalId', 'id'], (db, placeholder) =>
  sql`
    insert into imported_messages (conversation_id, external_id, message_id)
    values (${placeholder('conversationId')}, ${placeholder('externalId')}, ${placeholder('id')})
    on conflict do nothing`.compile(db),
)

const findNames = prepared(['conversationId', 'externalIds'], (db, placeholder) =>
  db
    .selectFrom('imported_messages')
    .select(['external_id', 'message_id'])
    .where('conversation_id', '=', placeholder('conversationId'))
    .where(
      'external_id',
      'in',
      sql<string>`(select value from json_each(${placeholder('externalIds')}))`,
    )
    .compile(),
)

async function messageIds(
  trx: Writing,
  conversationId: string,
  externalIds: string[],
): Promise<Map<string, string>> {
  const rows = await findNames(trx, { conversationId, externalIds: JSON.stringify(externalIds) })
  return new Map(rows.map((row) => [row.external_id, row.message_id]))
}

const insertRow = prepared(
  ['id', 'conversationId', 'parentId', 'role', 'parts', 'createdAt', 'model', 'totals', 'checksum'],
  (db, placeholder) =>
    sql`
      insert into messages
        (id, conversation_id, parent_id, role, status, parts, created_at, model, totals, checksum)
      values (${placeholder('id')}, ${placeholder('conversationId')}, ${placeholder('parentId')},
        ${placeholder('role')}, 'completed', ${placeholder('parts')}, ${placeholder('createdAt')},
        ${placeholder('model')}, ${placeholder('totals')}, ${placeholder('checksum')})`.compile(db),
)

async function insertMessage(
  trx: Writing,
  conversationId: string,
  id: string,
  parentId: string | null,
  message: ReadMessage,
): Promise<void> {
  const { role, parts, createdAt, model, items } = message
  const totals = role === 'assistant' ? JSON.stringify(IMPORTED_TOTALS) : null
  const checksum = checksumOf('messages', {
    id,
    conversation_id: conversationId,
    parent_id: parentId,
    role,
    status: 'completed',
    parts,
    created_at: createdAt,
    model,
  })
  const row = { id, conversationId, parentId, role, parts, createdAt, model, totals, checksum }
  await insertRow(trx, row)
  await insertItemTexts(trx, conversationId, id, items)
}

const show = prepared(['id', 'selectedId'], (db, placeholder) =>
  sql`
    update conversations set deleted_at = null, selected_message_id = coalesce(
      ${placeholder('selectedId')},
      (select max(id) from messages where conversation_id = ${placeholder('id')}))
    where id = ${placeholder('id')}`.compile(db),
)

const insertTotals = prepared(['id'], (db, placeholder) =>
  sql`
    insert into conversation_totals (conversation_id, owner, demo, calls, input_tokens,
      cached_input_tokens, cache_write_tokens, output_tokens, reasoning_tokens, cost_nano_usd,
      certainty, unpriced_calls)
    values (${placeholder('id')}, ${OWNER}, 0, 0, 0, 0, 0, 0, 0, ${IMPORTED_TOTALS.costNanoUsd},
      ${IMPORTED_TOTALS.certainty}, 0)
    on conflict do nothing`.compile(db),
)

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
  await show(trx, { id, selectedId: selected?.get(selectedId ?? '') ?? null })
  await insertTotals(trx, { id })
}
