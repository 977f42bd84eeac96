// The SQL for tool uses. Every change of a use updates the sum of its day in the same transaction.
import { type RawBuilder, type Selectable, sql } from 'kysely'
import type { Run } from '#shared/api.ts'
import type { RunEvent } from '#shared/run-event.ts'
import type { ToolUse, UpdateContext } from '#shared/tool-uses.ts'
import type { Database, Writing } from '../db/open.ts'
import type { ToolUsesTable } from '../db/schema-context.ts'
import { Problem } from '../http/problem.ts'
import { checkIdle } from './summary-store.ts'
import { t } from '#shared/translate.ts'

export type ToolUseRow = Selectable<ToolUsesTable>

type ToolResult = Extract<RunEvent, { type: 'tool_result' }>

/** Runs in the transaction that commits the event. `isDemo` is true if the demo called the tool. */
export async function insertToolUse(
  trx: Writing,
  run: Run,
  event: ToolResult,
  isDemo: boolean,
): Promise<void> {
  const demo = isDemo ? 1 : 0
  // A call that was denied used nothing.
  if (event.status === 'denied') return
  const { callId, name, status, durationMs, at, parentCallId } = event
  await addToDay(trx, { day: at.slice(0, 10), tool: name, demo, uses: 1 })
  // No request of the conversation carries the result of a nested run.
  if (parentCallId !== undefined) return
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
      demo,
    })
    .execute()
}

interface DaySums {
  day: string
  tool: string
  demo: number
  uses?: number
  tokens?: number
  reads?: number
  unpricedReads?: number
  costNanoUsd?: number
}

async function addToDay(trx: Writing, sums: DaySums): Promise<void> {
  const { day, tool, demo, uses = 0, tokens = 0 } = sums
  const { reads = 0, unpricedReads = 0, costNanoUsd = 0 } = sums
  await sql`
    insert into tool_days (day, tool, demo, uses, tokens, reads, unpriced_reads, cost_nano_usd)
    values (${day}, ${tool}, ${demo}, ${uses}, ${tokens}, ${reads}, ${unpricedReads}, ${costNanoUsd})
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

/** Returns the uses of these messages in the order in which they ended. */
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

/** Stores token counts. A count that was stored in the meantime is kept. */
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
      const { name: tool, demo } = use
      await addToDay(trx, { day: use.at.slice(0, 10), tool, demo, tokens })
    }
  })
}

/** The tool results that one request carried, with their share of its cost. */
export interface Charges {
  day: string
  carried: { use: ToolUseRow; costNanoUsd: number }[]
  /** True if the cost is known. */
  priced: boolean
  demo: number
}

/** A billed charge replaces the demo's charges; a demo charge never replaces a billed one. */
export async function storeCharges(trx: Writing, charges: Charges): Promise<void> {
  const { day, carried, priced, demo } = charges
  for (const { use } of carried)
    if (use.demo > demo && use.copied === 0) await takeFromDemo(trx, use)
  const rows = JSON.stringify(carried.map(({ use, costNanoUsd }) => [use.id, costNanoUsd]))
  await sql`
    update tool_uses set
      reads = iif(demo > ${demo}, 0, reads) + 1,
      unpriced_reads = iif(demo > ${demo}, 0, unpriced_reads) + ${priced ? 0 : 1},
      cost_nano_usd = iif(demo > ${demo}, 0, cost_nano_usd) + carried.cost,
      demo = ${demo}
    from (select value ->> 0 as id, value ->> 1 as cost from json_each(${rows})) carried
    where tool_uses.id = carried.id and demo >= ${demo}`.execute(trx)
  for (const [tool, uses] of Map.groupBy(carried, ({ use }) => use.name)) {
    const costNanoUsd = uses.reduce((sum, one) => sum + one.costNanoUsd, 0)
    const unpricedReads = priced ? 0 : uses.length
    await addToDay(trx, { day, tool, demo, reads: uses.length, unpricedReads, costNanoUsd })
  }
}

/** Moves a use from the demo's sums to the billed sums. */
async function takeFromDemo(trx: Writing, { at, name: tool, tokens }: ToolUseRow): Promise<void> {
  const day = at.slice(0, 10)
  await addToDay(trx, { day, tool, demo: 1, uses: -1, tokens: -(tokens ?? 0) })
  await addToDay(trx, { day, tool, demo: 0, uses: 1, tokens: tokens ?? 0 })
}

/** Throws `run_active` during a run, because the next request may already be built. */
export async function setDropped(
  db: Database,
  conversationId: string,
  { messageId, callId, dropped }: UpdateContext,
  at: string,
): Promise<void> {
  await db.transaction(async (trx) => {
    await checkIdle(trx, conversationId)
    const { numUpdatedRows } = await trx
      .updateTable('tool_uses')
      .set((row) => ({ dropped_at: dropped ? row.fn.coalesce('dropped_at', sql.val(at)) : null }))
      .where('conversation_id', '=', conversationId)
      .where('message_id', '=', messageId)
      .where('call_id', '=', callId)
      .executeTakeFirst()
    if (numUpdatedRows === 0n) {
      throw new Problem('message_not_found', t`This conversation has no such result of a tool.`)
    }
  })
}

/** Returns the results that are not sent to the model, as [message id, call id]. */
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
    ...(row.demo === 1 && { demo: true }),
  }
}
