// Updates the stored sums when a row is corrected. Amounts are changed by their difference; the worst
// certainty cannot be subtracted and is queried again.
import { type RawBuilder, sql } from 'kysely'
import type { ModelCall } from '#shared/ledger.ts'
import type { Writing } from '../../db/open.ts'
import { totalsOfRun } from './total-store.ts'

const OWNER = 'local'

/** Subtracts the row before it changes; afterwards it is added again. */
export async function takeFromTotals(trx: Writing, call: ModelCall): Promise<void> {
  const less = without(call)
  await sql`
    update conversation_totals set ${less}
    where conversation_id = ${call.conversationId} and demo = ${demoOf(call)}`.execute(trx)
  await sql`update conversation_days set ${less} where ${conversationDay(call)}`.execute(trx)
  await sql`update daily_totals set ${less} where ${dailyKey(call)}`.execute(trx)
}

/** The amount becomes null if no priced row is left. */
function without(call: ModelCall): RawBuilder<unknown> {
  const unpriced = call.costNanoUsd === null ? 1 : 0
  return sql`
    calls = calls - 1,
    input_tokens = input_tokens - ${call.inputTokens ?? 0},
    cached_input_tokens = cached_input_tokens - ${call.cachedInputTokens ?? 0},
    cache_write_tokens = cache_write_tokens - ${call.cacheWriteTokens ?? 0},
    output_tokens = output_tokens - ${call.outputTokens ?? 0},
    reasoning_tokens = reasoning_tokens - ${call.reasoningTokens ?? 0},
    unpriced_calls = unpriced_calls - ${unpriced},
    cost_nano_usd = case when calls - 1 = unpriced_calls - ${unpriced} then null
      else cost_nano_usd - ${call.costNanoUsd ?? 0} end`
}

function conversationDay(call: ModelCall): RawBuilder<unknown> {
  return sql`owner = ${OWNER} and day = ${dayOf(call)}
    and conversation_id = ${call.conversationId ?? ''} and demo = ${demoOf(call)}`
}

function dailyKey(call: ModelCall): RawBuilder<unknown> {
  return sql`owner = ${OWNER} and day = ${dayOf(call)} and provider = ${call.provider}
    and model = ${modelOf(call)} and agent = ${call.agent ?? ''} and purpose = ${call.purpose}
    and demo = ${demoOf(call)}`
}

/** Updates certainties and message totals after the row was added again. */
export async function settleTotals(
  trx: Writing,
  before: ModelCall,
  after: ModelCall,
): Promise<void> {
  if (modelOf(before) !== modelOf(after)) await settleDay(trx, before)
  if (modelOf(before) !== modelOf(after) || before.certainty !== after.certainty) {
    await settleDay(trx, after)
    await settleConversation(trx, after)
  }
  await retotalMessage(trx, after.runId)
}

async function settleDay(trx: Writing, call: ModelCall): Promise<void> {
  const key = dailyKey(call)
  const rows = sql`${ofDay(call)} and provider = ${call.provider}
    and coalesce(model_returned, model_requested) = ${modelOf(call)}
    and coalesce(agent, '') = ${call.agent ?? ''} and purpose = ${call.purpose}`
  await sql`delete from daily_totals where ${key} and calls = 0`.execute(trx)
  await sql`update daily_totals set certainty = ${worst(rows)} where ${key}`.execute(trx)
}

async function settleConversation(trx: Writing, call: ModelCall): Promise<void> {
  const id = call.conversationId ?? ''
  await sql`
    update conversation_days
    set certainty = ${worst(sql`${ofDay(call)} and coalesce(conversation_id, '') = ${id}`)}
    where ${conversationDay(call)}`.execute(trx)
  const rows = sql`conversation_id = ${id} and demo = ${demoOf(call)}`
  await sql`
    update conversation_totals set certainty = ${worst(rows)} where ${rows}`.execute(trx)
}

/** Each `exists` stops at the first match, and estimates have an index of their own. */
function worst(rows: RawBuilder<unknown>): RawBuilder<unknown> {
  const holds = (certainty: string): RawBuilder<unknown> =>
    sql`exists (select 1 from model_calls where ${rows} and certainty = ${sql.lit(certainty)})`
  return sql`case when unpriced_calls > 0 then 'unknown'
    when ${holds('estimated')} then 'estimated'
    when ${holds('computed')} then 'computed' else 'reported' end`
}

function ofDay(call: ModelCall): RawBuilder<unknown> {
  const day = dayOf(call)
  return sql`owner = ${OWNER} and demo = ${demoOf(call)}
    and started_at >= ${day} and started_at < ${`${day}U`}`
}

function demoOf({ demo }: ModelCall): number {
  return demo ? 1 : 0
}

function dayOf({ startedAt }: ModelCall): string {
  return startedAt.slice(0, 10)
}

function modelOf({ modelReturned, modelRequested }: ModelCall): string {
  return modelReturned ?? modelRequested
}

/** A finished answer stores the totals of its run, and so do its copies. */
async function retotalMessage(trx: Writing, runId: string | null): Promise<void> {
  if (runId === null) return
  const runs = await trx
    .selectFrom('runs')
    .select(['id', 'message_id'])
    .where((or) => or.or([or('id', '=', runId), or('copy_of', '=', runId)]))
    .execute()
  for (const { id, message_id } of runs) {
    const totals = await totalsOfRun(trx, id)
    await trx
      .updateTable('messages')
      .set({ totals: JSON.stringify(totals) })
      .where('id', '=', message_id)
      .where('totals', 'is not', null)
      .execute()
  }
}
