// Takes a row out of the kept sums and puts them right again, for a row that is corrected. Amounts
// follow by their difference; the worst certainty inside cannot be subtracted and is looked up.
import { type RawBuilder, sql } from 'kysely'
import type { ModelCall } from '#shared/ledger.ts'
import type { Writing } from '../db/open.ts'
import { callAsTotals, summed, toTotals } from './store-totals.ts'

/** Before the row changes; afterwards it is added again. */
export async function takeFromTotals(trx: Writing, id: string): Promise<void> {
  const call = sql`(select owner, conversation_id, substr(started_at, 1, 10) as day, provider,
    coalesce(model_returned, model_requested) as model, coalesce(agent, '') as agent, purpose,
    ${callAsTotals} from model_calls where id = ${id}) as call`
  await sql`
    update conversation_totals as kept set ${less} from ${call}
    where kept.conversation_id = call.conversation_id`.execute(trx)
  await sql`
    update conversation_days as kept set ${less} from ${call}
    where kept.owner = call.owner and kept.day = call.day
      and kept.conversation_id = coalesce(call.conversation_id, '')`.execute(trx)
  await sql`
    update daily_totals as kept set ${less} from ${call}
    where kept.owner = call.owner and kept.day = call.day and kept.provider = call.provider
      and kept.model = call.model and kept.agent = call.agent and kept.purpose = call.purpose`.execute(
    trx,
  )
}

/** Without a priced row there is no amount. */
const less = sql`
  calls = kept.calls - 1,
  input_tokens = kept.input_tokens - call.input_tokens,
  cached_input_tokens = kept.cached_input_tokens - call.cached_input_tokens,
  cache_write_tokens = kept.cache_write_tokens - call.cache_write_tokens,
  output_tokens = kept.output_tokens - call.output_tokens,
  reasoning_tokens = kept.reasoning_tokens - call.reasoning_tokens,
  unpriced_calls = kept.unpriced_calls - call.unpriced_calls,
  cost_nano_usd = case
    when kept.calls - 1 = kept.unpriced_calls - call.unpriced_calls then null
    else kept.cost_nano_usd - coalesce(call.cost_nano_usd, 0) end`

/** After the row was added again. */
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

const OWNER = 'local'

async function settleDay(trx: Writing, call: ModelCall): Promise<void> {
  const key = sql`owner = ${OWNER} and day = ${dayOf(call)} and provider = ${call.provider}
    and model = ${modelOf(call)} and agent = ${call.agent ?? ''} and purpose = ${call.purpose}`
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
    where owner = ${OWNER} and day = ${dayOf(call)} and conversation_id = ${id}`.execute(trx)
  await sql`
    update conversation_totals set certainty = ${worst(sql`conversation_id = ${id}`)}
    where conversation_id = ${id}`.execute(trx)
}

/** Each question ends at the first row that answers it, and estimates have an index of their own. */
function worst(rows: RawBuilder<unknown>): RawBuilder<unknown> {
  const holds = (certainty: string): RawBuilder<unknown> =>
    sql`exists (select 1 from model_calls where ${rows} and certainty = ${sql.lit(certainty)})`
  return sql`case when unpriced_calls > 0 then 'unknown'
    when ${holds('estimated')} then 'estimated'
    when ${holds('computed')} then 'computed' else 'reported' end`
}

function ofDay(call: ModelCall): RawBuilder<unknown> {
  const day = dayOf(call)
  return sql`owner = ${OWNER} and started_at >= ${day} and started_at < ${`${day}U`}`
}

function dayOf({ startedAt }: ModelCall): string {
  return startedAt.slice(0, 10)
}

function modelOf({ modelReturned, modelRequested }: ModelCall): string {
  return modelReturned ?? modelRequested
}

/** An answer that is over carries the sum of its run. */
async function retotalMessage(trx: Writing, runId: string | null): Promise<void> {
  if (runId === null) return
  const { rows } = await sql`
    select ${summed} from (select ${callAsTotals} from model_calls where run_id = ${runId})`.execute(
    trx,
  )
  await trx
    .updateTable('messages')
    .set({ totals: JSON.stringify(toTotals(rows[0])) })
    .where('id', '=', trx.selectFrom('runs').select('message_id').where('id', '=', runId))
    .where('totals', 'is not', null)
    .execute()
}
