// The queue of ledger rows whose usage is still to be asked from their provider.
import type { ModelCall } from '#shared/ledger.ts'
import type { Database, Writing } from '../../db/open.ts'
import { fromRow } from '../calls/call-row-store.ts'

/** Delays after the end of the request, and after each attempt without an answer. */
const PAUSES_MS = [2_000, 10_000, 60_000]
/** Older lookups are dropped: providers delete their records too. */
const MAX_MS = 24 * 60 * 60_000

export interface UsageLookup {
  call: ModelCall
  origin: string
  tries: number
  dueAt: string
}

export async function addUsageLookup(
  trx: Writing,
  callId: string,
  origin: string,
  now: Date,
): Promise<void> {
  const since = now.toISOString()
  await trx
    .insertInto('call_lookups')
    .values({ call_id: callId, origin, tries: 0, due_at: dueAfter(0, now) ?? since, since })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

export async function nextUsageLookup({ kysely }: Database): Promise<UsageLookup | null> {
  const next = await kysely
    .selectFrom('call_lookups')
    .selectAll()
    .orderBy('due_at')
    .limit(1)
    .executeTakeFirst()
  if (next === undefined) return null
  const row = await kysely
    .selectFrom('model_calls')
    .selectAll()
    .where('id', '=', next.call_id)
    .executeTakeFirstOrThrow()
  return { call: fromRow(row), origin: next.origin, tries: next.tries, dueAt: next.due_at }
}

/** Schedules the next attempt, or removes the lookup after the last one. */
export async function postponeUsageLookup(
  db: Database,
  { call, tries }: UsageLookup,
  now: Date,
): Promise<void> {
  const dueAt = dueAfter(tries + 1, now)
  await db.transaction(async (trx) => {
    if (dueAt === null) return removeUsageLookup(trx, call.id)
    await trx
      .updateTable('call_lookups')
      .set({ tries: tries + 1, due_at: dueAt })
      .where('call_id', '=', call.id)
      .execute()
  })
}

export async function removeUsageLookup(trx: Writing, callId: string): Promise<void> {
  await trx.deleteFrom('call_lookups').where('call_id', '=', callId).execute()
}

export async function removeOldUsageLookups(db: Database, now: Date): Promise<void> {
  const oldest = new Date(now.getTime() - MAX_MS).toISOString()
  await db.transaction(async (trx) => {
    await trx.deleteFrom('call_lookups').where('since', '<', oldest).execute()
  })
}

function dueAfter(tries: number, now: Date): string | null {
  const pause = PAUSES_MS[tries]
  return pause === undefined ? null : new Date(now.getTime() + pause).toISOString()
}
