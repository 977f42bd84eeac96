// The ledger's SQL. A row is open while its request runs and is closed exactly once; its sums are
// updated in the same transaction.
import { sql } from 'kysely'
import { type ModelCall, Purpose } from '#shared/ledger.ts'
import { withoutDemoFigure } from '#shared/add-totals.ts'
import type { Totals } from '#shared/totals.ts'
import type { CallStart, RequestPrefix } from '../../upstream/types.ts'
import { billedOrDemo } from '../../db/billed-or-demo.ts'
import type { Database, Writing } from '../../db/open.ts'
import { prepared } from '../../db/prepared.ts'
import { comparePrefix, keepPrefix } from '../cache/prefix-store.ts'
import { fromRow, toRow } from './call-row-store.ts'
import {
  addedUp,
  callAsTotals,
  runsOfMessage,
  summed,
  totalsColumns,
  totalsOfRun,
  toTotals,
} from '../sums/total-store.ts'

/** `demo` is set if the demo model answers, which costs nothing. */
export type OpenedCall = CallStart & Pick<ModelCall, 'demo'>

/** Records that a request begins. Recording the same id again does nothing. */
export async function openCall(db: Database, call: OpenedCall): Promise<void> {
  await db.transaction(async (trx) => {
    await trx
      .insertInto('open_calls')
      .values({
        id: call.id,
        run_id: call.runId,
        conversation_id: call.conversationId,
        purpose: call.purpose,
        agent: call.agent,
        provider: call.provider,
        model_requested: call.modelRequested,
        attempt: call.attempt,
        started_at: call.startedAt,
        demo: call.demo ? 1 : 0,
      })
      .onConflict((conflict) => conflict.doNothing())
      .execute()
  })
}

/** Writes more in the transaction that stores the row. */
export type AlsoStored = (trx: Writing, row: ModelCall) => Promise<void>

export const nothingElse: AlsoStored = () => Promise.resolve()

/** Closes a call and returns its row. A call that is already closed keeps its first row. */
export async function closeCall(
  db: Database,
  call: ModelCall,
  prefix: RequestPrefix | null = null,
  also: AlsoStored = nothingElse,
): Promise<ModelCall> {
  const compared = prefix && (await comparePrefix(db, call, prefix))
  return db.transaction(async (trx) => {
    const closed = await trx
      .selectFrom('model_calls')
      .selectAll()
      .where('id', '=', call.id)
      .executeTakeFirst()
    if (closed !== undefined) return fromRow(closed)
    const row = (await isResponseIdTaken(trx, call)) ? { ...call, responseId: null } : call
    await trx.insertInto('model_calls').values(toRow(row)).execute()
    await trx.deleteFrom('open_calls').where('id', '=', call.id).execute()
    await addToTotals(trx, call.id)
    if (compared !== null) await keepPrefix(trx, row, compared)
    await also(trx, row)
    return row
  })
}

/**
 * Returns true if another request has the same response id. Some local and test servers reuse ids;
 * such a request keeps its own row, without the id.
 */
export async function isResponseIdTaken(trx: Writing, call: ModelCall): Promise<boolean> {
  if (call.responseId === null) return false
  const taken = await trx
    .selectFrom('model_calls')
    .select('id')
    .where('provider', '=', call.provider)
    .where('response_id', '=', call.responseId)
    .where('attempt', '=', call.attempt)
    .where('id', '!=', call.id)
    .executeTakeFirst()
  return taken !== undefined
}

const addToConversation = prepared(['id'], (db, placeholder) =>
  sql`
    insert into conversation_totals (owner, conversation_id, ${totalsColumns})
    select owner, conversation_id, ${callAsTotals}
    from model_calls where id = ${placeholder('id')} and conversation_id is not null
    on conflict do update set ${addedUp}`.compile(db),
)

const addToConversationDay = prepared(['id'], (db, placeholder) =>
  sql`
    insert into conversation_days (owner, day, conversation_id, ${totalsColumns})
    select owner, substr(started_at, 1, 10), coalesce(conversation_id, ''), ${callAsTotals}
    from model_calls where id = ${placeholder('id')}
    on conflict do update set ${addedUp}`.compile(db),
)

const addToDay = prepared(['id'], (db, placeholder) =>
  sql`
    insert into daily_totals (owner, day, provider, model, agent, purpose, ${totalsColumns})
    select owner, substr(started_at, 1, 10), provider, coalesce(model_returned, model_requested),
      coalesce(agent, ''), purpose, ${callAsTotals}
    from model_calls where id = ${placeholder('id')}
    on conflict do update set ${addedUp}`.compile(db),
)

/** Adds a stored row to its conversation's sum, its conversation's day and its day. */
export async function addToTotals(trx: Writing, id: string): Promise<void> {
  await addToConversation(trx, { id })
  await addToConversationDay(trx, { id })
  await addToDay(trx, { id })
}

/** Returns the requests that were running when the process ended. */
export async function openCalls(db: Database): Promise<OpenedCall[]> {
  const rows = await db.kysely.selectFrom('open_calls').selectAll().orderBy('id').execute()
  return rows.map((row) => ({
    id: row.id,
    runId: row.run_id,
    conversationId: row.conversation_id,
    purpose: Purpose.parse(row.purpose),
    agent: row.agent,
    provider: row.provider,
    modelRequested: row.model_requested,
    attempt: row.attempt,
    startedAt: row.started_at,
    ...(row.demo === 1 && { demo: true }),
  }))
}

/** Returns the rows of a run, and of the other runs of its message, in the order in which they started. */
export async function callsOfRun(db: Database, runId: string): Promise<ModelCall[]> {
  const rows = await db.kysely
    .selectFrom('model_calls')
    .selectAll()
    .where('run_id', 'in', runsOfMessage(runId))
    .orderBy('started_at')
    .orderBy('id')
    .execute()
  return rows.map(fromRow)
}

export async function isRun(db: Database, runId: string): Promise<boolean> {
  const run = await db.kysely
    .selectFrom('runs')
    .select('id')
    .where('id', '=', runId)
    .executeTakeFirst()
  return run !== undefined
}

/** Returns the conversation that the requests of a copied run were made for. Null if it is no copy. */
export async function bookedInOf(db: Database, runId: string): Promise<string | null> {
  const call = await db.kysely
    .selectFrom('runs')
    .innerJoin('model_calls', 'model_calls.run_id', 'runs.copy_of')
    .select('model_calls.conversation_id')
    .where(
      'runs.message_id',
      '=',
      db.kysely.selectFrom('runs').select('message_id').where('id', '=', runId),
    )
    .executeTakeFirst()
  return call?.conversation_id ?? null
}

/** What this run alone has cost, without the other runs of its message. */
export async function costOfRun(db: Database, runId: string): Promise<number> {
  const row = await db.kysely
    .selectFrom('model_calls')
    .select(({ fn }) => fn.sum<number | null>('cost_nano_usd').as('cost'))
    .where('run_id', '=', runId)
    .executeTakeFirst()
  return row?.cost ?? 0
}

/** Of all runs of its message. */
export function runTotals({ kysely }: Database, runId: string): Promise<Totals> {
  return totalsOfRun(kysely, runId)
}

export async function conversationTotals(db: Database, conversationId: string): Promise<Totals> {
  const kept = sql`conversation_totals where conversation_id = ${conversationId}`
  const { rows } = await sql`
    select ${summed} from ${kept} and ${billedOrDemo(kept)}`.execute(db.kysely)
  return withoutDemoFigure(toTotals(rows[0]))
}
