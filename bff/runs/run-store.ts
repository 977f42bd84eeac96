// The SQL for runs. A run is stored together with its question and the place of its answer, and leaves `running`
// once.
import { type Kysely, sql } from 'kysely'
import type { Run } from '#shared/api.ts'
import type { Message, RunStatus } from '#shared/message.ts'
import { OWNER } from '../conversations/conversation-store.ts'
import { checksumOf } from '../db/checksum.ts'
import type { Database, Writing } from '../db/open.ts'
import type { Schema } from '../db/schema.ts'
import type { Idempotency } from '../http/idempotency.ts'
import { insertMessage, insertQuestion, type Question } from './question-store.ts'

const COLUMNS = [
  'id',
  'conversation_id',
  'message_id',
  'user_message_id',
  'status',
  'agent',
  'provider',
  'model',
  'last_seq',
  'created_at',
  'ended_at',
] as const

interface RunRow {
  id: string
  conversation_id: string
  message_id: string
  user_message_id: string
  status: RunStatus
  agent: string
  provider: string
  model: string
  last_seq: number
  created_at: string
  ended_at: string | null
}

function toRun(row: RunRow): Run {
  return {
    id: row.id,
    conversationId: row.conversation_id,
    messageId: row.message_id,
    userMessageId: row.user_message_id,
    status: row.status,
    agent: row.agent,
    provider: row.provider,
    model: row.model,
    lastSeq: row.last_seq,
    createdAt: row.created_at,
    endedAt: row.ended_at,
  }
}

export async function findRun(db: Database, id: string): Promise<Run | null> {
  const row = await db.kysely
    .selectFrom('runs')
    .select(COLUMNS)
    .where('id', '=', id)
    .where('owner', '=', OWNER)
    .executeTakeFirst()
  return row === undefined ? null : toRun(row)
}

/** Returns whether its events were deleted. */
export async function isTrimmed(db: Database, id: string): Promise<boolean> {
  const row = await db.kysely
    .selectFrom('runs')
    .select('id')
    .where('id', '=', id)
    .where('owner', '=', OWNER)
    .where('trimmed_at', 'is not', null)
    .executeTakeFirst()
  return row !== undefined
}

/**
 * Runs without an ending that an earlier process left behind. One whose place another run has taken is
 * `stopped` already.
 */
export async function runsLeftRunning(db: Database): Promise<Run[]> {
  const rows = await db.kysely
    .selectFrom('runs')
    .select(COLUMNS)
    .where('owner', '=', OWNER)
    .where((or) =>
      or.or([or('status', '=', sql.lit('running')), or('superseded_at', 'is not', null)]),
    )
    .execute()
  return rows.map(toRun)
}

/** A newer run takes its place in the conversation; its ending follows. */
export async function supersedeRun(trx: Writing, id: string, at: string): Promise<void> {
  await trx
    .updateTable('runs')
    .set({ status: 'stopped', ended_at: at, superseded_at: at })
    .where('id', '=', id)
    .where('owner', '=', OWNER)
    .execute()
}

/** The time zone of the user who started it. */
export async function timeZoneOf(db: Database, runId: string): Promise<string> {
  const row = await db.kysely
    .selectFrom('runs')
    .select('time_zone')
    .where('id', '=', runId)
    .where('owner', '=', OWNER)
    .executeTakeFirstOrThrow()
  return row.time_zone
}

export async function activeRunOf(
  db: Kysely<Schema>,
  conversationId: string,
): Promise<string | null> {
  const row = await db
    .selectFrom('runs')
    .select('id')
    .where('conversation_id', '=', conversationId)
    .where('owner', '=', OWNER)
    .where('status', '=', sql.lit('running'))
    .executeTakeFirst()
  return row?.id ?? null
}

export interface NewRun {
  run: Run
  timeZone: string
  /** Null if this is another answer to an existing question. */
  question: Question | null
  submit: Idempotency | null
}

export async function insertRun(
  trx: Writing,
  { run, timeZone, question, submit }: NewRun,
): Promise<void> {
  if (question !== null) await insertQuestion(trx, run, question)
  await insertMessage(trx, { ...answerOf(run), status: 'running', parts: '[]' })
  await insertRunRow(trx, run, timeZone, submit)
}

export async function insertRunRow(
  trx: Writing,
  run: Run,
  timeZone: string,
  submit: Idempotency | null,
): Promise<void> {
  await trx
    .insertInto('runs')
    .values({
      id: run.id,
      owner: OWNER,
      conversation_id: run.conversationId,
      message_id: run.messageId,
      user_message_id: run.userMessageId,
      status: run.status,
      agent: run.agent,
      provider: run.provider,
      model: run.model,
      idempotency_key: submit?.key ?? null,
      request_hash: submit?.hash ?? null,
      created_at: run.createdAt,
      ended_at: null,
      time_zone: timeZone,
    })
    .execute()
}

/** The constant fields of the message of a run. */
function answerOf(run: Run) {
  return {
    id: run.messageId,
    conversation_id: run.conversationId,
    parent_id: run.userMessageId,
    role: 'assistant' as const,
    created_at: run.createdAt,
    run_id: run.id,
    agent: run.agent,
    provider: run.provider,
    model: run.model,
  }
}

/** The conversation continues with its active agent, unless the user has chosen another since. */
async function giveTo(trx: Writing, run: Run, agent: string): Promise<void> {
  await trx
    .updateTable('conversations')
    .set({ agent })
    .where('id', '=', run.conversationId)
    .where('agent', '=', run.agent)
    .where('selected_message_id', '=', run.messageId)
    .execute()
}

/** Stores the ending: the message that the events fold to, and the status of the run, which must be running. */
export async function storeEnding(
  trx: Writing,
  run: Run,
  message: Message,
  lastSeq: number,
  at: string,
): Promise<void> {
  const { status, totals } = message
  const parts = JSON.stringify(message.parts)
  // After a handoff it is the answer of the agent that took over.
  const agent = message.agent ?? run.agent
  const created_at = message.createdAt
  const checksum = checksumOf('messages', { ...answerOf(run), created_at, agent, status, parts })
  const ended = await trx
    .updateTable('messages')
    .set({ agent, status, parts, totals: JSON.stringify(totals), checksum })
    .where('id', '=', run.messageId)
    .where('status', '=', sql.lit('running'))
    .executeTakeFirst()
  if (ended.numUpdatedRows !== 1n) throw new Error(`run ${run.id} has ended before`)
  await trx
    .updateTable('runs')
    .set({ status, last_seq: lastSeq, ended_at: at, superseded_at: null })
    .where('id', '=', run.id)
    .where('owner', '=', OWNER)
    .execute()
  await trx
    .updateTable('conversations')
    .set({ updated_at: at })
    .where('id', '=', run.conversationId)
    .execute()
  if (agent !== run.agent) await giveTo(trx, run, agent)
}
