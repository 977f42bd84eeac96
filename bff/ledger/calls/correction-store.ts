// The only way to change a ledger row: stores the previous values and the reason with it, and updates
// every sum that includes the row.
import { sql } from 'kysely'
import { v7 as uuid } from 'uuid'
import * as z from 'zod/mini'
import { type CallCorrection, type CorrectionReason, ModelCall } from '#shared/ledger.ts'
import { NanoUsd } from '#shared/money-schema.ts'
import type { Database, Writing } from '../../db/open.ts'
import { addToTotals, type AlsoStored, isResponseIdTaken, nothingElse } from './call-store.ts'
import { fromRow, toRow } from './call-row-store.ts'
import { settleTotals, takeFromTotals } from '../sums/sum-store.ts'

/** The fields a correction may change. What was requested, by whom and when is fixed. */
export const CallChanges = z.partial(
  z.omit(ModelCall, {
    id: true,
    runId: true,
    conversationId: true,
    purpose: true,
    agent: true,
    provider: true,
    modelRequested: true,
    attempt: true,
    startedAt: true,
    corrections: true,
    demo: true,
  }),
)
export type CallChanges = z.infer<typeof CallChanges>

/** Corrects a row and returns it. Writes nothing if no value changes. */
export async function correctCall(
  trx: Writing,
  callId: string,
  changes: CallChanges,
  reason: CorrectionReason,
  batchId: string | null = null,
): Promise<ModelCall> {
  const row = await trx
    .selectFrom('model_calls')
    .selectAll()
    .where('id', '=', callId)
    .executeTakeFirstOrThrow()
  const call = fromRow(row)
  const { before, after } = difference(call, changes)
  if (before === '{}') return call
  await trx
    .insertInto('call_corrections')
    .values({
      id: uuid(),
      call_id: callId,
      at: new Date().toISOString(),
      reason,
      batch_id: batchId,
      before,
      after,
    })
    .execute()
  const corrected = ModelCall.parse({ ...call, ...changes })
  await takeFromTotals(trx, call)
  await trx
    .updateTable('model_calls')
    .set({ ...toRow(corrected), corrections: row.corrections + 1 })
    .where('id', '=', callId)
    .execute()
  await addToTotals(trx, callId)
  await settleTotals(trx, call, corrected)
  return corrected
}

/** Returns the fields of a recomputed row that a correction may change. */
export function changesTo(call: ModelCall): CallChanges {
  return CallChanges.parse(call)
}

/** Corrects the row of a request whose stream was read on after the row was written. */
export async function amendCall(
  db: Database,
  call: ModelCall,
  also: AlsoStored = nothingElse,
): Promise<ModelCall> {
  return db.transaction(async (trx) => {
    const responseId = (await isResponseIdTaken(trx, call)) ? null : call.responseId
    const changes = changesTo({ ...call, responseId })
    const row = await correctCall(trx, call.id, changes, 'finished_counting')
    await also(trx, row)
    return row
  })
}

type Difference = Record<'before' | 'after', string>

/** Returns only the values that differ. `JSON.stringify` drops undefined ones, as the row does. */
function difference(call: ModelCall, changes: CallChanges): Difference {
  const was = new Map<string, unknown>(Object.entries(call))
  const changed = Object.entries(changes).filter(
    ([name, value]) =>
      value !== undefined && JSON.stringify(was.get(name)) !== JSON.stringify(value),
  )
  return {
    before: JSON.stringify(
      Object.fromEntries(changed.map(([name]) => [name, was.get(name) ?? null])),
    ),
    after: JSON.stringify(Object.fromEntries(changed)),
  }
}

const Costs = z.object({ costNanoUsd: z.optional(z.nullable(NanoUsd)) })

/** Returns the corrections of these rows by call id, oldest first. */
export async function correctionsOf(
  db: Database,
  callIds: string[],
): Promise<Map<string, CallCorrection[]>> {
  const rows = await db.kysely
    .selectFrom('call_corrections')
    .innerJoin('model_calls', 'model_calls.id', 'call_id')
    .select(['call_id', 'at', 'reason', 'before', 'after', 'cost_nano_usd'])
    .where('call_id', 'in', sql<string>`(select value from json_each(${JSON.stringify(callIds)}))`)
    .orderBy('call_corrections.id', 'desc')
    .execute()
  // Walks backwards from the current row: a correction that did not change the cost does not store it.
  const costs = new Map<string, number | null>()
  const found = new Map<string, CallCorrection[]>()
  for (const { call_id: id, at, reason, before, cost_nano_usd: now } of rows) {
    const { costNanoUsd } = Costs.parse(JSON.parse(before))
    const costAfter = costs.has(id) ? (costs.get(id) ?? null) : now
    const costBefore = costNanoUsd === undefined ? costAfter : costNanoUsd
    costs.set(id, costBefore)
    found.set(id, [{ at, reason, costBefore, costAfter }, ...(found.get(id) ?? [])])
  }
  return found
}
