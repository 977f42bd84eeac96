// The rows beside messages, items and events: runs and what they leave behind, what they waited for,
// summaries, dropped tool results, and the corrections of the ledger. Column names become field names.
import { sql } from 'kysely'
import type { Database } from '../db/open.ts'
import { deletedIn } from './export-store.ts'

/** A row with field names like those of the API. */
export type ExportedRow = Record<string, unknown>

/** The conversation is the file's own, and keys of requests mean nothing elsewhere. */
const LEFT_OUT = new Set(['owner', 'idempotency_key', 'request_hash', 'conversation_id'])

function toFields(row: object, json: readonly string[] = []): ExportedRow {
  const columns = Object.entries(row).filter(([name]) => !LEFT_OUT.has(name))
  return Object.fromEntries(
    columns.map(([name, value]: [string, unknown]) => [
      name.replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase()),
      json.includes(name) && typeof value === 'string' ? readable(value) : value,
    ]),
  )
}

/** Null takes the place of JSON that is damaged beyond reading. */
function readable(json: string): unknown {
  try {
    return JSON.parse(json)
  } catch {
    return null
  }
}

/** Returns the runs, oldest first. */
export async function exportedRuns(db: Database, conversationId: string): Promise<ExportedRow[]> {
  const rows = await db.kysely
    .selectFrom('runs')
    .selectAll()
    .where('conversation_id', '=', conversationId)
    .where('message_id', 'not in', deletedIn(db, conversationId))
    .orderBy('id')
    .execute()
  return rows.map((row) => toFields(row))
}

function runsDeletedIn(db: Database, conversationId: string) {
  return db.kysely
    .selectFrom('runs')
    .select('id')
    .where('message_id', 'in', deletedIn(db, conversationId))
}

export async function exportedWaits(db: Database, conversationId: string): Promise<ExportedRow[]> {
  const rows = await db.kysely
    .selectFrom('waits')
    .selectAll()
    .where('conversation_id', '=', conversationId)
    .where('run_id', 'not in', runsDeletedIn(db, conversationId))
    .orderBy('id')
    .execute()
  return rows.map((row) => {
    const { imported: _, ...exported } = row
    return toFields(exported, ['request', 'decision'])
  })
}

export async function exportedSummaries(
  db: Database,
  conversationId: string,
): Promise<ExportedRow[]> {
  const rows = await db.kysely
    .selectFrom('summaries')
    .selectAll()
    .where('conversation_id', '=', conversationId)
    .where('message_id', 'not in', deletedIn(db, conversationId))
    .orderBy('id')
    .execute()
  return rows.map((row) => toFields(row))
}

/** Returns the tool results that the user has removed from what the model gets. */
export async function exportedDrops(db: Database, conversationId: string): Promise<ExportedRow[]> {
  const rows = await db.kysely
    .selectFrom('tool_uses')
    .select(['run_id', 'message_id', 'call_id', 'name', 'status', 'duration_ms', 'at', 'tokens'])
    .select('dropped_at')
    .where('conversation_id', '=', conversationId)
    .where('message_id', 'not in', deletedIn(db, conversationId))
    .where('dropped_at', 'is not', null)
    .orderBy('id')
    .execute()
  return rows.map((row) => toFields(row))
}

/** Yields what the agents inside the tools of a run were sent and answered, one item at a time. */
export async function* exportedNestedItems(
  db: Database,
  runId: string,
): AsyncGenerator<ExportedRow> {
  const keys = await db.kysely
    .selectFrom('nested_items')
    .select(['parent_call_id', 'seq'])
    .where('run_id', '=', runId)
    .orderBy('parent_call_id')
    .orderBy('seq')
    .execute()
  for (const { parent_call_id: callId, seq } of keys) {
    const row = await db.kysely
      .selectFrom('nested_items')
      .selectAll()
      .where('run_id', '=', runId)
      .where('parent_call_id', '=', callId)
      .where('seq', '=', seq)
      .executeTakeFirst()
    if (row !== undefined) yield toFields(row, ['item'])
  }
}

/** Yields the whole outputs that were too long for the model, one at a time. */
export async function* exportedToolOutputs(
  db: Database,
  runId: string,
): AsyncGenerator<ExportedRow> {
  const keys = await db.kysely
    .selectFrom('tool_outputs')
    .select('call_id')
    .where('run_id', '=', runId)
    .orderBy('call_id')
    .execute()
  for (const { call_id: callId } of keys) {
    const row = await db.kysely
      .selectFrom('tool_outputs')
      .selectAll()
      .where('run_id', '=', runId)
      .where('call_id', '=', callId)
      .executeTakeFirst()
    if (row !== undefined) yield toFields(row)
  }
}

/** Returns the corrections of these ledger rows with the values before and after, oldest first. */
export async function exportedCorrections(db: Database, callIds: string[]): Promise<ExportedRow[]> {
  const rows = await db.kysely
    .selectFrom('call_corrections')
    .selectAll()
    .where('call_id', 'in', sql<string>`(select value from json_each(${JSON.stringify(callIds)}))`)
    .orderBy('id')
    .execute()
  return rows.map((row) => toFields(row, ['before', 'after']))
}
