// The SQL of copying a branch into a conversation of its own. Ledger rows are not copied: a copied run
// names the run that made its requests.
import { type Insertable, type Selectable, sql } from 'kysely'
import { v7 as uuid } from 'uuid'
import * as z from 'zod/mini'
import { checksumOf, isDamaged } from '../db/checksum.ts'
import type { Database, Writing } from '../db/open.ts'
import type { ConversationsTable } from '../db/schema-conversations.ts'
import type { MessagesTable, RunsTable } from '../db/schema.ts'
import type { Idempotency } from '../http/idempotency.ts'
import { OWNER, findByIdempotencyKey } from './conversation-store.ts'
import { agentAt } from './change-store.ts'
import { chunksOf, type StoredMessage } from './message-tree-store.ts'

const ITEMS_AT_ONCE = 20

/** What is copied so far. */
export interface Copying {
  /** The new conversation. */
  id: string
  from: string
  at: string
  /** The copies, by the ids of their originals. */
  messages: Map<string, string>
  /** The numbers of the originals of the items copied so far, ascending. */
  items: number[]
}

/** It is deleted until the copy is complete, so that a copy that broke off is purged. */
export async function insertHidden(
  db: Database,
  { id, from, at }: Copying,
  title: (original: string) => string,
): Promise<void> {
  await db.transaction(async (trx) => {
    const original = await trx
      .selectFrom('conversations')
      .selectAll()
      .where('id', '=', from)
      .where('owner', '=', OWNER)
      .executeTakeFirstOrThrow()
    const copy: Insertable<ConversationsTable> = {
      ...original,
      id,
      title: title(original.title),
      title_source: 'person',
      selected_message_id: null,
      branched_from: from,
      created_at: at,
      updated_at: at,
      deleted_at: at,
      // It stays in the folder of the original.
      pinned_at: null,
      archived_at: null,
      read_at: at,
      idempotency_key: null,
      request_hash: null,
      // A second import belongs to the original.
      external_id: null,
    }
    await trx.insertInto('conversations').values(copy).execute()
  })
}

/** Returns the conversation that an earlier request with the same key has made, else this one. */
export async function publish(
  db: Database,
  { id }: Copying,
  leaf: string,
  idempotency: Idempotency | null,
): Promise<string> {
  return db.transaction(async (trx) => {
    const known = idempotency && (await findByIdempotencyKey(trx, 'conversations', idempotency.key))
    if (known) return known.id
    await trx
      .updateTable('conversations')
      .set({
        deleted_at: null,
        selected_message_id: leaf,
        agent: agentAt(leaf),
        idempotency_key: idempotency?.key ?? null,
        request_hash: idempotency?.hash ?? null,
      })
      .where('id', '=', id)
      .execute()
    return id
  })
}

/** Copies the next messages of the branch with everything that belongs to them. */
export async function copyMessages(
  db: Database,
  copying: Copying,
  originals: StoredMessage[],
): Promise<void> {
  await db.transaction(async (trx) => {
    const ids = originals.map(({ id }) => id)
    for (const id of ids) copying.messages.set(id, uuid())
    const runs = await trx
      .selectFrom('runs')
      .selectAll()
      .where('message_id', 'in', ids)
      .where('owner', '=', OWNER)
      .orderBy('id')
      .execute()
    const runIds = new Map(runs.map(({ id }) => [id, uuid()]))
    await trx
      .insertInto('messages')
      .values(originals.map((original) => copyOfMessage(copying, runIds, original)))
      .execute()
    if (runs.length > 0) await copyRuns(trx, copying, runs, runIds)
    await copyItems(trx, copying, ids)
    await copySummaries(trx, copying, ids)
    await copySnapshots(trx, copying, ids)
  })
}

function newId({ messages }: Copying, id: string): string {
  return messages.get(id) ?? id
}

function copyOfMessage(
  copying: Copying,
  runIds: ReadonlyMap<string, string>,
  original: StoredMessage,
): Insertable<MessagesTable> {
  const { number: _, deletion_id: _none, ...row } = original
  const copy = {
    ...row,
    id: newId(copying, row.id),
    conversation_id: copying.id,
    parent_id: row.parent_id === null ? null : newId(copying, row.parent_id),
    run_id: row.run_id === null ? null : (runIds.get(row.run_id) ?? row.run_id),
  }
  const checksum = isDamaged('messages', row) ? row.checksum : checksumOf('messages', copy)
  return { ...copy, checksum }
}

/** The events stay with the original: a copied answer is stored whole. */
async function copyRuns(
  trx: Writing,
  copying: Copying,
  runs: Selectable<RunsTable>[],
  runIds: ReadonlyMap<string, string>,
): Promise<void> {
  const copies = runs.map((run) => ({
    ...run,
    id: runIds.get(run.id) ?? uuid(),
    conversation_id: copying.id,
    message_id: newId(copying, run.message_id),
    user_message_id: newId(copying, run.user_message_id),
    idempotency_key: null,
    request_hash: null,
    trimmed_at: copying.at,
    superseded_at: null,
    copy_of: run.copy_of ?? run.id,
  }))
  await trx.insertInto('runs').values(copies).execute()
  const pairs = sql`json_each(${JSON.stringify([...runIds])}) pair`
  await sql`
    insert into nested_items (run_id, parent_call_id, seq, item)
    select pair.value ->> 1, parent_call_id, seq, item
    from ${pairs} join nested_items on run_id = pair.value ->> 0`.execute(trx)
  await sql`
    insert into tool_outputs (run_id, call_id, output)
    select pair.value ->> 1, call_id, output
    from ${pairs} join tool_outputs on run_id = pair.value ->> 0`.execute(trx)
  const messages = runs.map(({ id, message_id }) => [id, message_id, newId(copying, message_id)])
  await sql`
    insert into tool_uses (conversation_id, run_id, message_id, call_id, name, status, duration_ms,
      at, tokens, dropped_at, demo, copied)
    select ${copying.id}, pair.value ->> 1, place.value ->> 2, call_id, name, status, duration_ms, at,
      tokens, dropped_at, demo, 1
    from json_each(${JSON.stringify(messages)}) place
    join tool_uses on message_id = place.value ->> 1 and run_id = place.value ->> 0
    join ${pairs} on pair.value ->> 0 = run_id
    order by tool_uses.id`.execute(trx)
}

async function copyItems(trx: Writing, copying: Copying, ids: string[]): Promise<void> {
  const rows = await trx
    .selectFrom('items')
    .selectAll()
    .where('message_id', 'in', ids)
    .orderBy('seq')
    .execute()
  if (rows.length === 0) return
  const inOrder = rows.toSorted((a, b) => ids.indexOf(a.message_id) - ids.indexOf(b.message_id))
  const copies = inOrder.map((row) => {
    const seq = copying.items.push(row.seq)
    const message_id = newId(copying, row.message_id)
    const copy = { ...row, conversation_id: copying.id, seq, message_id }
    const checksum = isDamaged('items', row) ? row.checksum : checksumOf('items', copy)
    return { ...copy, checksum }
  })
  for (const chunk of chunksOf(copies, ITEMS_AT_ONCE)) {
    await trx.insertInto('items').values(chunk).execute()
  }
  const numbers = inOrder.map(({ seq }, index) => [seq, copies[index]?.seq])
  await sql`
    insert into item_tokens (conversation_id, seq, tokens)
    select ${copying.id}, pair.value ->> 1, tokens
    from json_each(${JSON.stringify(numbers)}) pair
    join item_tokens on conversation_id = ${copying.from} and seq = pair.value ->> 0`.execute(trx)
}

async function copySummaries(trx: Writing, copying: Copying, ids: string[]): Promise<void> {
  const rows = await trx
    .selectFrom('summaries')
    .selectAll()
    .where('message_id', 'in', ids)
    .where('undone_at', 'is', null)
    .orderBy('id')
    .execute()
  for (const row of rows) {
    const message_id = newId(copying, row.message_id)
    const copy = { ...row, id: uuid(), conversation_id: copying.id, message_id }
    await trx.insertInto('summaries').values(copy).execute()
  }
}

const Dropped = z.array(z.tuple([z.string(), z.string()]))

/** What the last counted request of each answer carried. */
async function copySnapshots(trx: Writing, copying: Copying, ids: string[]): Promise<void> {
  const rows = await trx
    .selectFrom('context_marks')
    .selectAll()
    .where('message_id', 'in', ids)
    .execute()
  for (const row of rows) {
    const dropped = Dropped.parse(JSON.parse(row.dropped))
    const copy = {
      ...row,
      message_id: newId(copying, row.message_id),
      last_seq: copying.items.findLastIndex((seq) => seq <= row.last_seq) + 1,
      dropped: JSON.stringify(dropped.map(([id, callId]) => [newId(copying, id), callId])),
    }
    await trx.insertInto('context_marks').values(copy).execute()
  }
}
