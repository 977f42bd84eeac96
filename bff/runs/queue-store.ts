// The SQL for queued messages. What is told to the running agent stands in front of what is sent after it.
import { type Kysely, type Selectable, sql } from 'kysely'
import { FileType } from '#shared/files.ts'
import type { QueuedFile, QueuedMessage, QueueHold, QueueMessage } from '#shared/queue.ts'
import { OWNER } from '../conversations/conversation-store.ts'
import type { Database, Writing } from '../db/open.ts'
import type { QueuedMessagesTable } from '../db/schema-queue.ts'
import type { Schema } from '../db/schema.ts'
import type { Idempotency } from '../http/idempotency.ts'
import type { Steer } from '../upstream/steers.ts'

/** With files alone the text is empty. */
export type QueuedBody = QueueMessage & { text: string }

export interface Queued {
  message: QueuedMessage
  /** With which a run is started. */
  body: QueuedBody
}

export interface NewQueued {
  id: string
  conversationId: string
  body: QueuedBody
  steersRunId?: string
  at: string
  submit: Idempotency | null
}

export async function insertQueued(trx: Writing, made: NewQueued): Promise<void> {
  const { text, ...choice } = made.body
  await trx
    .insertInto('queued_messages')
    .values({
      id: made.id,
      conversation_id: made.conversationId,
      text,
      choice: JSON.stringify(choice),
      steers_run_id: made.steersRunId ?? null,
      idempotency_key: made.submit?.key ?? null,
      request_hash: made.submit?.hash ?? null,
      created_at: made.at,
    })
    .execute()
}

/** What this key queued, even if it was sent since. */
export async function queuedByKey(
  trx: Writing,
  key: string,
): Promise<{ id: string; hash: string | null; createdAt: string } | null> {
  const row = await trx
    .selectFrom('queued_messages')
    .select(['id', 'request_hash', 'created_at'])
    .where('owner', '=', OWNER)
    .where('idempotency_key', '=', key)
    .where('idempotency_key', 'is not', null)
    .executeTakeFirst()
  return row === undefined
    ? null
    : { id: row.id, hash: row.request_hash, createdAt: row.created_at }
}

/** What a run is about to be told is not in the queue, unless that run is over. */
const isFree = sql<boolean>`(claimed_at is null or not exists (
  select 1 from runs as told where told.id = steers_run_id and told.status = 'running'
))`

const waiting = (db: Kysely<Schema>) =>
  db
    .selectFrom('queued_messages')
    .where('queued_messages.owner', '=', OWNER)
    .where('left_at', 'is', null)
    .where(isFree)

/** With the run that a message steers, as long as it is under way. */
const waitingIn = (db: Kysely<Schema>, conversationId: string) =>
  waiting(db)
    .leftJoin('runs', (join) =>
      join.onRef('runs.id', '=', 'steers_run_id').on('runs.status', '=', sql.lit('running')),
    )
    .selectAll('queued_messages')
    .select('runs.id as steered')
    .where('queued_messages.conversation_id', '=', conversationId)

/** In the order in which they are sent. */
export async function listQueued(db: Kysely<Schema>, conversationId: string): Promise<Queued[]> {
  const rows = await waitingIn(db, conversationId)
    .orderBy(sql`steers_run_id is null`)
    .orderBy('queued_messages.id')
    .execute()
  return toQueued(db, rows)
}

export async function findQueued(
  db: Kysely<Schema>,
  conversationId: string,
  id: string,
): Promise<Queued | null> {
  const rows = await waitingIn(db, conversationId).where('queued_messages.id', '=', id).execute()
  const [found = null] = await toQueued(db, rows)
  return found
}

/** What the run is told before its next request, in the order in which it was said. It is claimed for that. */
export async function claimSteers(db: Database, runId: string): Promise<Steer[]> {
  return db.transaction(async (trx) => {
    await trx
      .updateTable('queued_messages')
      .set({ claimed_at: new Date().toISOString() })
      .where('steers_run_id', '=', runId)
      .where('left_at', 'is', null)
      .execute()
    return trx
      .selectFrom('queued_messages')
      .select(['id', 'text'])
      .where('steers_run_id', '=', runId)
      .where('left_at', 'is', null)
      .orderBy('id')
      .execute()
  })
}

/** Runs in the transaction that commits the event. */
export async function steerTold(trx: Writing, id: string): Promise<void> {
  await trx
    .updateTable('queued_messages')
    .set({ text: '', left_at: new Date().toISOString() })
    .where('id', '=', id)
    .execute()
}

export async function queuedConversations(db: Database): Promise<string[]> {
  const rows = await waiting(db.kysely).select('conversation_id').distinct().execute()
  return rows.map(({ conversation_id: id }) => id)
}

/** Why nothing is sent; `running`: an answer is being written. Null: the next one can be sent. */
export async function queueState(
  db: Kysely<Schema>,
  conversationId: string,
): Promise<'running' | QueueHold | null> {
  const last = await db
    .selectFrom('runs')
    .select(['id', 'status'])
    .where('conversation_id', '=', conversationId)
    .where('owner', '=', OWNER)
    .orderBy('id', 'desc')
    .executeTakeFirst()
  if (last?.status === 'running') return (await isWaiting(db, last.id)) ? 'waiting' : 'running'
  if (last?.status === 'stopped' || last?.status === 'failed') return last.status
  const [next] = await listQueued(db, conversationId)
  return next?.message.problem === undefined ? null : 'refused'
}

async function isWaiting(db: Kysely<Schema>, runId: string): Promise<boolean> {
  const open = await db
    .selectFrom('waits')
    .select('id')
    .where('run_id', '=', runId)
    .where('decided_at', 'is', null)
    .executeTakeFirst()
  return open !== undefined
}

/** Returns false if it has left the queue before. */
export async function leaveQueue(trx: Writing, id: string): Promise<boolean> {
  const { numUpdatedRows } = await trx
    .updateTable('queued_messages')
    .set({ text: '', left_at: new Date().toISOString() })
    .where('id', '=', id)
    .where('owner', '=', OWNER)
    .where('left_at', 'is', null)
    .where(isFree)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

export async function emptyQueue(db: Database, conversationId: string): Promise<void> {
  await db.transaction(async (trx) => {
    for (const { message } of await listQueued(trx, conversationId)) {
      await leaveQueue(trx, message.id)
    }
  })
}

/** Returns false if it has left the queue before. */
export async function changeQueued(
  db: Database,
  id: string,
  change: { text: string } | { problem: string | null },
): Promise<boolean> {
  return db.transaction(async (trx) => {
    const { numUpdatedRows } = await trx
      .updateTable('queued_messages')
      // What is written again may be sent.
      .set({ problem: null, ...change })
      .where('id', '=', id)
      .where('owner', '=', OWNER)
      .where('left_at', 'is', null)
      .where(isFree)
      .executeTakeFirst()
    return numUpdatedRows === 1n
  })
}

type QueuedRow = Selectable<QueuedMessagesTable> & { steered: string | null }

async function toQueued(db: Kysely<Schema>, rows: QueuedRow[]): Promise<Queued[]> {
  const bodies = rows.map(({ text, choice }): QueuedBody => ({ ...JSON.parse(choice), text }))
  const known = await filesByIds(db, bodies.flatMap(fileIds))
  return rows.map((row, index) => {
    const body = bodies[index] ?? { text: row.text }
    const { agent, provider, model } = body
    const message = {
      id: row.id,
      text: row.text,
      ...shownFiles(body, known),
      ...(agent !== undefined && { agent }),
      ...(provider !== undefined && { provider }),
      ...(model !== undefined && { model }),
      createdAt: row.created_at,
      ...(row.steered !== null && { steers: true as const }),
      ...(row.problem !== null && { problem: row.problem }),
    }
    return { message, body }
  })
}

const fileIds = ({ files = [] }: QueueMessage) => files.map(({ id }) => id)

/** As the queue shows them. */
export async function filesOfQueued(
  db: Kysely<Schema>,
  body: QueueMessage,
): Promise<Pick<QueuedMessage, 'files'>> {
  return shownFiles(body, await filesByIds(db, fileIds(body)))
}

function shownFiles(
  body: QueueMessage,
  known: ReadonlyMap<string, QueuedFile>,
): Pick<QueuedMessage, 'files'> {
  const files = fileIds(body).flatMap((id) => known.get(id) ?? [])
  return files.length > 0 ? { files } : {}
}

async function filesByIds(
  db: Kysely<Schema>,
  ids: string[],
): Promise<ReadonlyMap<string, QueuedFile>> {
  if (ids.length === 0) return new Map()
  const rows = await db
    .selectFrom('files')
    .select(['id', 'name', 'type', 'size'])
    .where('owner', '=', OWNER)
    .where('id', 'in', ids)
    .execute()
  return new Map(rows.map((row) => [row.id, { ...row, type: FileType.parse(row.type) }]))
}
