// The uses of tools: their SQL. Each change of a use goes into the sums of its day in the same
// transaction.
import { type Kysely, type RawBuilder, type Selectable, sql } from 'kysely'
import type { Run } from '#shared/api.ts'
import type { RunEvent } from '#shared/run-event.ts'
import type { ToolUse, UpdateContext } from '#shared/tool-uses.ts'
import type { Database, Writing } from '../db/open.ts'
import type { ToolUsesTable } from '../db/schema-context.ts'
import type { Schema } from '../db/schema.ts'
import { Problem } from '../problem.ts'

export type ToolUseRow = Selectable<ToolUsesTable>

type ToolResult = Extract<RunEvent, { type: 'tool_result' }>

/** In the transaction that commits the event. */
export async function insertToolUse(trx: Writing, run: Run, event: ToolResult): Promise<void> {
  const { callId, name, status, durationMs, at } = event
  await trx
    .insertInto('tool_uses')
    .values({
      conversation_id: run.conversationId,
      run_id: run.id,
      message_id: run.messageId,
      call_id: callId,
      name,
      status,
      duration_ms: durationMs,
      at,
    })
    .execute()
  await addToDay(trx, { day: at.slice(0, 10), tool: name, uses: 1 })
}

interface DaySums {
  day: string
  tool: string
  uses?: number
  tokens?: number
  reads?: number
  unpricedReads?: number
  costNanoUsd?: number
}

async function addToDay(trx: Writing, sums: DaySums): Promise<void> {
  const { day, tool, uses = 0, tokens = 0, reads = 0, unpricedReads = 0, costNanoUsd = 0 } = sums
  await sql`
    insert into tool_days (day, tool, uses, tokens, reads, unpriced_reads, cost_nano_usd)
    values (${day}, ${tool}, ${uses}, ${tokens}, ${reads}, ${unpricedReads}, ${costNanoUsd})
    on conflict do update set
      uses = uses + excluded.uses,
      tokens = tokens + excluded.tokens,
      reads = reads + excluded.reads,
      unpriced_reads = unpriced_reads + excluded.unpriced_reads,
      cost_nano_usd = cost_nano_usd + excluded.cost_nano_usd`.execute(trx)
}

export async function hasToolUses(db: Database, conversationId: string): Promise<boolean> {
  const row = await db.kysely
    .selectFrom('tool_uses')
    .select('id')
    .where('conversation_id', '=', conversationId)
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

/** Of these messages, in the order in which they ended. */
export async function toolUsesOf(db: Database, messageIds: string[]): Promise<ToolUseRow[]> {
  return db.kysely
    .selectFrom('tool_uses')
    .selectAll()
    .where('message_id', 'in', idsIn(messageIds))
    .orderBy('id')
    .execute()
}

function idsIn(ids: readonly (string | number)[]): RawBuilder<never> {
  return sql<never>`(select value from json_each(${JSON.stringify(ids)}))`
}

/** Results that were counted. One that was counted meanwhile stays as it is. */
export async function storeTokens(
  db: Database,
  counted: { use: ToolUseRow; tokens: number }[],
): Promise<void> {
  await db.transaction(async (trx) => {
    for (const { use, tokens } of counted) {
      const { numUpdatedRows } = await trx
        .updateTable('tool_uses')
        .set({ tokens })
        .where('id', '=', use.id)
        .where('tokens', 'is', null)
        .executeTakeFirst()
      if (numUpdatedRows === 0n) continue
      await addToDay(trx, { day: use.at.slice(0, 10), tool: use.name, tokens })
    }
  })
}

/** What one request has carried. */
export interface Charges {
  day: string
  carried: { id: number; name: string; costNanoUsd: number }[]
  /** Whether its amount is known. */
  priced: boolean
}

export async function storeCharges(trx: Writing, { day, carried, priced }: Charges): Promise<void> {
  const rows = JSON.stringify(carried.map(({ id, costNanoUsd }) => [id, costNanoUsd]))
  await sql`
    update tool_uses set
      reads = reads + 1,
      unpriced_reads = unpriced_reads + ${priced ? 0 : 1},
      cost_nano_usd = cost_nano_usd + carried.cost
    from (select value ->> 0 as id, value ->> 1 as cost from json_each(${rows})) carried
    where tool_uses.id = carried.id`.execute(trx)
  for (const [tool, uses] of Map.groupBy(carried, ({ name }) => name)) {
    const costNanoUsd = uses.reduce((sum, use) => sum + use.costNanoUsd, 0)
    const unpricedReads = priced ? 0 : uses.length
    await addToDay(trx, { day, tool, reads: uses.length, unpricedReads, costNanoUsd })
  }
}

/** Never while a run is active: what its next request carries is already decided. */
export async function setDropped(
  db: Database,
  conversationId: string,
  { messageId, callId, dropped }: UpdateContext,
  at: string,
): Promise<void> {
  await db.transaction(async (trx) => {
    if (await isActive(trx, conversationId)) throw new Problem('run_active', WAIT)
    const { numUpdatedRows } = await trx
      .updateTable('tool_uses')
      .set((row) => ({ dropped_at: dropped ? row.fn.coalesce('dropped_at', sql.val(at)) : null }))
      .where('conversation_id', '=', conversationId)
      .where('message_id', '=', messageId)
      .where('call_id', '=', callId)
      .executeTakeFirst()
    if (numUpdatedRows === 0n) {
      throw new Problem('message_not_found', 'This conversation has no such result of a tool.')
    }
  })
}

const WAIT = 'An answer is being written. Wait for its end, or stop it.'

async function isActive(db: Kysely<Schema>, conversationId: string): Promise<boolean> {
  const row = await db
    .selectFrom('runs')
    .select('id')
    .where('conversation_id', '=', conversationId)
    .where('status', '=', sql.lit('running'))
    .executeTakeFirst()
  return row !== undefined
}

/** Results that the model does not get, as [message id, call id]. */
export async function droppedIn(db: Database, conversationId: string): Promise<[string, string][]> {
  const rows = await db.kysely
    .selectFrom('tool_uses')
    .select(['message_id', 'call_id'])
    .where('conversation_id', '=', conversationId)
    .where('dropped_at', 'is not', null)
    .execute()
  return rows.map((row) => [row.message_id, row.call_id])
}

export function toToolUse(row: ToolUseRow): ToolUse {
  const { reads, unpriced_reads: unpricedReads } = row
  return {
    messageId: row.message_id,
    callId: row.call_id,
    name: row.name,
    status: row.status,
    durationMs: row.duration_ms,
    at: row.at,
    resultTokens: row.tokens ?? 0,
    reads,
    unpricedReads,
    costNanoUsd: reads > 0 && unpricedReads === reads ? null : row.cost_nano_usd,
    dropped: row.dropped_at !== null,
  }
}
