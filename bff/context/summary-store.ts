// Stores summaries of the oldest messages of a branch. Undoing one only marks it.
import { type Kysely, type Selectable, sql } from 'kysely'
import { OWNER } from '../conversations/conversation-store.ts'
import type { Database } from '../db/open.ts'
import type { SummariesTable } from '../db/schema-context.ts'
import type { Schema } from '../db/schema.ts'
import { Problem } from '../http/problem.ts'
import { t } from '#shared/translate.ts'

export type SummaryRow = Selectable<SummariesTable>

/** Returns the summaries that apply to these messages of a branch, oldest first. */
export async function summariesOf(db: Kysely<Schema>, messageIds: string[]): Promise<SummaryRow[]> {
  const ids = JSON.stringify(messageIds)
  const rows = await db
    .selectFrom('summaries')
    .selectAll()
    .where('message_id', 'in', sql<string>`(select value from json_each(${ids}))`)
    .where('undone_at', 'is', null)
    .execute()
  const position = new Map(messageIds.map((id, index) => [id, index]))
  const at = (row: SummaryRow) => position.get(row.message_id) ?? 0
  return rows.toSorted((a, b) => at(a) - at(b) || a.id.localeCompare(b.id))
}

export async function insertSummary(db: Database, row: SummaryRow): Promise<void> {
  await db.transaction(async (trx) => {
    await trx.insertInto('summaries').values(row).execute()
  })
}

interface Change {
  conversationId: string
  id: string
  set: Partial<Pick<SummaryRow, 'text' | 'tokens' | 'edited_at' | 'undone_at'>>
}

/** Throws if there is no such summary, or while an answer is being written. */
export async function changeSummary(
  db: Database,
  { conversationId, id, set }: Change,
): Promise<void> {
  await db.transaction(async (trx) => {
    await checkIdle(trx, conversationId)
    const { numUpdatedRows } = await trx
      .updateTable('summaries')
      .set(set)
      .where('conversation_id', '=', conversationId)
      .where('id', '=', id)
      .where('undone_at', 'is', null)
      .executeTakeFirst()
    if (numUpdatedRows === 0n) throw new Problem('summary_not_found')
  })
}

/** What a request carries must not change while it is under way. */
export async function checkIdle(db: Kysely<Schema>, conversationId: string): Promise<void> {
  const run = await db
    .selectFrom('runs')
    .select('id')
    .where('conversation_id', '=', conversationId)
    .where('owner', '=', OWNER)
    .where('status', '=', sql.lit('running'))
    .executeTakeFirst()
  if (run === undefined) return
  throw new Problem('run_active', t`An answer is being written. Wait for its end, or stop it.`)
}

export interface ChatUse {
  /** Requests per answer. */
  perAnswer: number
  /** The provider read the last request from its cache, at least in part. */
  cached: boolean
}

export async function chatUseOf(db: Database, conversationId: string): Promise<ChatUse> {
  const { rows } = await sql<{ calls: number; runs: number; cached: number | null }>`
    select count(*) as calls, count(distinct run_id) as runs, (
      select cached_input_tokens from model_calls
      where conversation_id = ${conversationId} and purpose = 'chat'
      order by started_at desc limit 1
    ) as cached
    from model_calls where conversation_id = ${conversationId} and purpose = 'chat'`.execute(
    db.kysely,
  )
  const { calls = 0, runs = 0, cached = null } = rows[0] ?? {}
  return { perAnswer: runs === 0 ? 1 : calls / runs, cached: (cached ?? 0) > 0 }
}

export interface RequestSince {
  /** JSON of its rates. */
  price: string | null
}

/** Returns the requests that carried a summary. */
export async function requestsWith(db: Database, summary: SummaryRow): Promise<RequestSince[]> {
  const { rows } = await sql<RequestSince>`
    with recursive below (id) as (
      select id from messages where parent_id = ${summary.message_id}
      union all
      select messages.id from below join messages on messages.parent_id = below.id
    )
    select calls.price from runs
    join model_calls calls on calls.run_id = runs.id
    where runs.conversation_id = ${summary.conversation_id}
      and runs.message_id in (select id from below)
      and runs.created_at > ${summary.created_at}
      and calls.purpose = 'chat' and calls.status = 'completed'`.execute(db.kysely)
  return rows
}
