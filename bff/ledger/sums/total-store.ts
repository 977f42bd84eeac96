// Ledger sums in SQL, with the same rules as `addCall` in shared/: null if no row has a price, and the
// worst certainty of all rows.
import { type Kysely, type RawBuilder, sql } from 'kysely'
import * as z from 'zod/mini'
import { NO_CALLS, Totals } from '#shared/ledger.ts'
import { Certainty } from '#shared/money-schema.ts'
import { billedOrDemo } from '../../db/billed-or-demo.ts'
import type { Schema } from '../../db/schema.ts'

/** Best first, so a later index in this text is a worse certainty. */
const RANKED = Certainty.options.join(' ')

/** Selects one row of `model_calls` under the column names of the sum tables. */
export const callAsTotals = sql`
  demo,
  1 as calls,
  coalesce(input_tokens, 0) as input_tokens,
  coalesce(cached_input_tokens, 0) as cached_input_tokens,
  coalesce(cache_write_tokens, 0) as cache_write_tokens,
  coalesce(output_tokens, 0) as output_tokens,
  coalesce(reasoning_tokens, 0) as reasoning_tokens,
  cost_nano_usd,
  certainty,
  cost_nano_usd is null as unpriced_calls`

export const totalsColumns = sql`
  demo, calls, input_tokens, cached_input_tokens, cache_write_tokens, output_tokens, reasoning_tokens,
  cost_nano_usd, certainty, unpriced_calls`

/** Sums rows with the columns above: either demo rows or billed rows. */
export const summed = sql`
  max(demo) as demo,
  coalesce(sum(calls), 0) as calls,
  coalesce(sum(input_tokens), 0) as inputTokens,
  coalesce(sum(cached_input_tokens), 0) as cachedInputTokens,
  coalesce(sum(cache_write_tokens), 0) as cacheWriteTokens,
  coalesce(sum(output_tokens), 0) as outputTokens,
  coalesce(sum(reasoning_tokens), 0) as reasoningTokens,
  sum(cost_nano_usd) as costNanoUsd,
  max(instr(${sql.lit(RANKED)}, certainty)) as certaintyRank,
  coalesce(sum(unpriced_calls), 0) as unpricedCalls`

/** The same for rows of `model_calls`, about twice as fast for very many rows. */
export const summedCalls = sql`
  max(demo) as demo,
  count(*) as calls,
  coalesce(sum(input_tokens), 0) as inputTokens,
  coalesce(sum(cached_input_tokens), 0) as cachedInputTokens,
  coalesce(sum(cache_write_tokens), 0) as cacheWriteTokens,
  coalesce(sum(output_tokens), 0) as outputTokens,
  coalesce(sum(reasoning_tokens), 0) as reasoningTokens,
  sum(cost_nano_usd) as costNanoUsd,
  max(instr(${sql.lit(RANKED)}, certainty)) as certaintyRank,
  count(*) - count(cost_nano_usd) as unpricedCalls`

/** Adds the row to be inserted to the existing one. */
export const addedUp: RawBuilder<unknown> = sql`
  calls = calls + excluded.calls,
  input_tokens = input_tokens + excluded.input_tokens,
  cached_input_tokens = cached_input_tokens + excluded.cached_input_tokens,
  cache_write_tokens = cache_write_tokens + excluded.cache_write_tokens,
  output_tokens = output_tokens + excluded.output_tokens,
  reasoning_tokens = reasoning_tokens + excluded.reasoning_tokens,
  cost_nano_usd = coalesce(cost_nano_usd + excluded.cost_nano_usd, cost_nano_usd, excluded.cost_nano_usd),
  certainty = case
    when instr(${sql.lit(RANKED)}, excluded.certainty) > instr(${sql.lit(RANKED)}, certainty)
    then excluded.certainty else certainty end,
  unpriced_calls = unpriced_calls + excluded.unpriced_calls`

const SummedRow = z.object({
  ...Totals.shape,
  demo: z.nullable(z.int()),
  certainty: z.optional(z.never()),
  certaintyRank: z.nullable(z.int()),
})

/** Caps a sum at the largest integer that a number holds exactly. */
function held(row: unknown): unknown {
  if (typeof row !== 'object' || row === null) return row
  const sums = Object.entries(row).map(([name, value]: [string, unknown]) => {
    return [name, typeof value === 'number' ? Math.min(value, Number.MAX_SAFE_INTEGER) : value]
  })
  return Object.fromEntries(sums)
}

export function toTotals(row: unknown): Totals {
  const { certaintyRank, demo, ...sums } = SummedRow.parse(held(row))
  if (certaintyRank === null) return NO_CALLS
  // SQLite's `instr` counts from 1.
  const certainty = RANKED.slice(certaintyRank - 1).split(' ', 1)[0]
  return Totals.parse({ ...sums, certainty, ...(demo === 1 && { demo: true }) })
}

/**
 * The runs of the same message as this one, which may be deleted. A copied run stands for the one it is a
 * copy of.
 */
export function runsOfMessage(runId: string): RawBuilder<string> {
  return sql<string>`(
    select ${runId} union
    select coalesce(copy_of, id) from runs
    where message_id = (select message_id from runs where id = ${runId})
  )`
}

/** Returns the totals of an answer: those of all runs of the message. */
export async function totalsOfRun(db: Kysely<Schema>, runId: string): Promise<Totals> {
  const rows = sql`model_calls where run_id in ${runsOfMessage(runId)}`
  const found = await sql`
    select ${summed} from (select ${callAsTotals} from ${rows} and ${billedOrDemo(rows)})`.execute(
    db,
  )
  return toTotals(found.rows[0])
}
