// The ledger in pages, so that however long it is one page is in memory: oldest first as a file is
// written, newest first as a person looks.
import { sql } from 'kysely'
import type { Database } from '../db/open.ts'
import { callsThat, type Scope } from './store-filter.ts'
import type { CallRow } from './store-row.ts'

const ROWS_PER_PAGE = 500
/** Sorts before and after every time. */
const ALWAYS = ['0', '9'] as const

export interface CallPlace {
  started_at: string
  number: number
}

export async function* callPages(
  db: Database,
  { from, to, filter = {} }: Scope,
  rowsPerPage = ROWS_PER_PAGE,
): AsyncGenerator<CallRow[]> {
  let after: CallPlace = { started_at: from ?? ALWAYS[0], number: 0 }
  for (;;) {
    const page = await db.kysely
      .selectFrom('model_calls')
      .selectAll()
      .select(sql<number>`rowid`.as('number'))
      .where('owner', '=', 'local')
      .where('started_at', '>=', after.started_at)
      .where('started_at', '<', to ?? ALWAYS[1])
      .where(sql<boolean>`(started_at, rowid) > (${after.started_at}, ${after.number})`)
      .where(callsThat(filter))
      .orderBy('started_at')
      .orderBy(sql`rowid`)
      .limit(rowsPerPage)
      .execute()
    const last = page.at(-1)
    if (last === undefined) return
    yield page
    after = last
  }
}

/** Those before a place, or the newest there are. */
export async function newestCalls(
  db: Database,
  { from, to, filter = {} }: Scope,
  limit: number,
  before: CallPlace = { started_at: to ?? ALWAYS[1], number: 0 },
): Promise<(CallRow & CallPlace)[]> {
  return db.kysely
    .selectFrom('model_calls')
    .selectAll()
    .select(sql<number>`rowid`.as('number'))
    .where('owner', '=', 'local')
    .where('started_at', '>=', from ?? ALWAYS[0])
    .where('started_at', '<=', before.started_at)
    .where(sql<boolean>`(started_at, rowid) < (${before.started_at}, ${before.number})`)
    .where(callsThat(filter))
    .orderBy('started_at', 'desc')
    .orderBy(sql`rowid`, 'desc')
    .limit(limit)
    .execute()
}
