// Filtered ledger rows: oldest first for files, newest first for the screen.
import { sql } from 'kysely'
import type { Database } from '../../db/open.ts'
import { ALWAYS } from '../sums/period.ts'
import { callsThat, narrowsSums, type Scope, sumsThat } from '../sums/filter-store.ts'
import { callPages, type CallCursor } from './page-store.ts'
import type { CallRow } from '../calls/call-row-store.ts'

const ROWS_PER_PAGE = 500

/** Yields pages of rows, oldest first. */
export function exportedCalls(
  db: Database,
  scope: Scope,
  rowsPerPage = ROWS_PER_PAGE,
): AsyncGenerator<CallRow[]> {
  return callPages(db, scope, callsThat(scope.filter ?? {}), rowsPerPage)
}

/** Returns up to `limit` rows before the cursor, newest first. */
export async function newestCalls(
  db: Database,
  scope: Scope,
  limit: number,
  before: CallCursor = { started_at: scope.to ?? ALWAYS[1], number: 0 },
): Promise<(CallRow & CallCursor)[]> {
  const { filter = {} } = scope
  const from = await beginningOf(db, scope, limit, before)
  return db.kysely
    .selectFrom('model_calls')
    .selectAll()
    .select(sql<number>`rowid`.as('number'))
    .where('owner', '=', 'local')
    .where('started_at', '>=', from)
    .where('started_at', '<=', before.started_at)
    .where(sql<boolean>`(started_at, rowid) < (${before.started_at}, ${before.number})`)
    .where(callsThat(filter))
    .orderBy('started_at', 'desc')
    .orderBy(sql`rowid`, 'desc')
    .limit(limit)
    .execute()
}

/** Returns where the newest `limit` rows begin, so that rare calls are not searched in years of others. */
async function beginningOf(
  db: Database,
  { from, filter = {} }: Scope,
  limit: number,
  before: CallCursor,
): Promise<string> {
  const first = from ?? ALWAYS[0]
  const isRare = filter.demo !== undefined || narrowsSums(filter)
  if (filter.conversation !== undefined || !isRare) return first
  const lastDay = before.started_at.slice(0, 10)
  const { rows } = await sql<{ day: string; calls: number }>`
    select day, sum(calls) as calls from daily_totals
    where owner = 'local' and day >= ${first.slice(0, 10)} and day <= ${lastDay}
      and ${sumsThat(filter)}
    group by day order by day desc`.execute(db.kysely)
  let calls = 0
  let beginning = lastDay
  for (const row of rows) {
    // Only part of the cursor's own day lies before the cursor, so it is not counted.
    if (row.day < lastDay) calls += row.calls
    beginning = row.day
    if (calls >= limit) break
  }
  return beginning > first ? beginning : first
}
