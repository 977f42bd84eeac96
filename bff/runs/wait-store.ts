// The SQL for waits. A wait is stored with its event and decided by one conditional update.
import { type Selectable, sql } from 'kysely'
import type { Run } from '#shared/api.ts'
import type { OpenWait } from '#shared/decide.ts'
import { type EventOf, WaitingEvent } from '#shared/run-event.ts'
import type { Decided } from '../upstream/ask-person.ts'
import { OWNER } from '../conversations/conversation-store.ts'
import type { Database, Writing } from '../db/open.ts'
import type { WaitsTable } from '../db/schema-waits.ts'

export interface StoredWait {
  id: string
  runId: string
  conversationId: string
  request: EventOf<'waiting'>
  expiresAt: string
  /** Null until it is decided. */
  decided: Decided | null
}

/** Runs in the transaction that commits the event. */
export async function insertWait(
  trx: Writing,
  run: Run,
  event: EventOf<'waiting'>,
  expiresAt: string,
): Promise<void> {
  await trx
    .insertInto('waits')
    .values({
      id: event.waitId,
      owner: OWNER,
      run_id: run.id,
      conversation_id: run.conversationId,
      kind: event.kind,
      tool: event.kind === 'approval' ? event.name : null,
      agent: event.kind === 'budget' ? null : event.agent,
      request: JSON.stringify(event),
      created_at: event.at,
      expires_at: expiresAt,
    })
    .execute()
}

/** Returns false if it was decided before. `also` is stored with the decision, or not at all. */
export async function takeWait(
  db: Database,
  id: string,
  decided: Decided,
  also?: (trx: Writing) => Promise<void>,
): Promise<boolean> {
  return db.transaction(async (trx) => {
    const { numUpdatedRows } = await trx
      .updateTable('waits')
      .set({ decision: JSON.stringify(decided), decided_at: new Date().toISOString() })
      .where('id', '=', id)
      .where('owner', '=', OWNER)
      .where('decided_at', 'is', null)
      .executeTakeFirst()
    if (numUpdatedRows !== 1n) return false
    await also?.(trx)
    return true
  })
}

/** Decides all that a run waits for at once. Returns the ids of the waits. */
export async function takeWaitsOf(
  trx: Writing,
  runId: string,
  decided: Decided,
): Promise<string[]> {
  const rows = await trx
    .updateTable('waits')
    .set({ decision: JSON.stringify(decided), decided_at: new Date().toISOString() })
    .where('run_id', '=', runId)
    .where('owner', '=', OWNER)
    .where('decided_at', 'is', null)
    .returning('id')
    .execute()
  return rows.map(({ id }) => id)
}

export async function findWait(
  db: Database,
  runId: string,
  id: string,
): Promise<StoredWait | null> {
  const row = await db.kysely
    .selectFrom('waits')
    .selectAll()
    .where('id', '=', id)
    .where('run_id', '=', runId)
    .where('owner', '=', OWNER)
    .executeTakeFirst()
  return row === undefined ? null : toWait(row)
}

/** Oldest first. */
export async function waitsOf(db: Database, runId: string): Promise<StoredWait[]> {
  const rows = await db.kysely
    .selectFrom('waits')
    .selectAll()
    .where('run_id', '=', runId)
    .where('owner', '=', OWNER)
    .orderBy('created_at')
    .execute()
  return rows.map(toWait)
}

export async function expiredWaits(db: Database, now: Date): Promise<StoredWait[]> {
  const rows = await db.kysely
    .selectFrom('waits')
    .selectAll()
    .where('owner', '=', OWNER)
    .where('decided_at', 'is', null)
    .where('expires_at', '<=', now.toISOString())
    .execute()
  return rows.map(toWait)
}

/** Waits of runs that still go on, oldest first. */
export async function listOpenWaits(db: Database): Promise<OpenWait[]> {
  const rows = await db.kysely
    .selectFrom('waits')
    .innerJoin('conversations', 'conversations.id', 'waits.conversation_id')
    .innerJoin('runs', 'runs.id', 'waits.run_id')
    .select([
      'waits.id',
      'waits.run_id',
      'waits.conversation_id',
      'waits.kind',
      'waits.agent',
      'waits.tool',
      'waits.created_at',
      'waits.expires_at',
      'conversations.title',
      sql<string | null>`waits.request ->> 'label'`.as('label'),
      sql<string | null>`waits.request ->> 'question'`.as('question'),
    ])
    .where('waits.owner', '=', OWNER)
    .where('waits.decided_at', 'is', null)
    .where('runs.status', '=', sql.lit('running'))
    .where('conversations.deleted_at', 'is', null)
    .where('conversations.temporary', '=', sql.lit(0))
    .orderBy('waits.created_at')
    .limit(500)
    .execute()
  return rows.map((row) => {
    return {
      waitId: row.id,
      runId: row.run_id,
      conversationId: row.conversation_id,
      conversationTitle: row.title,
      kind: row.kind,
      agent: row.agent,
      tool: row.tool,
      ...(row.label !== null && { label: row.label }),
      ...(row.question !== null && { question: row.question }),
      createdAt: row.created_at,
      expiresAt: row.expires_at,
    }
  })
}

function toWait(row: Selectable<WaitsTable>): StoredWait {
  const { id, run_id: runId, conversation_id: conversationId, request, decision } = row
  return {
    id,
    expiresAt: row.expires_at,
    runId,
    conversationId,
    request: WaitingEvent.parse(JSON.parse(request)),
    decided: decision === null ? null : JSON.parse(decision),
  }
}
