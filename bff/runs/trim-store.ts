// Events are kept for a month after their run: the message is stored whole, and the money is in the
// ledger. A reader with an older cursor is told that they are gone.
import { setImmediate as yieldToEventLoop } from 'node:timers/promises'
import type { Database, Writing } from '../db/open.ts'

export const KEPT_MS = 30 * 24 * 60 * 60_000
const RUNS_AT_ONCE = 5

export async function trimOldEvents(db: Database, now: Date): Promise<void> {
  const before = new Date(now.getTime() - KEPT_MS).toISOString()
  while (await db.transaction((trx) => trimNext(trx, before, now.toISOString())))
    await yieldToEventLoop()
}

/** False when there was nothing to trim. */
async function trimNext(trx: Writing, before: string, at: string): Promise<boolean> {
  const rows = await trx
    .selectFrom('runs')
    .select('id')
    .where('ended_at', '<', before)
    .where('trimmed_at', 'is', null)
    .limit(RUNS_AT_ONCE)
    .execute()
  const ids = rows.map(({ id }) => id)
  if (ids.length === 0) return false
  await trx.deleteFrom('run_events').where('run_id', 'in', ids).execute()
  await trx.updateTable('runs').set({ trimmed_at: at }).where('id', 'in', ids).execute()
  return true
}
