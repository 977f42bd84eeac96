// The ledger in pages, oldest first, so that an export of any size keeps one page in memory.
import { sql } from 'kysely'
import type { Database } from '../db/open.ts'
import type { Period } from './period.ts'
import type { CallRow } from './store-row.ts'

const ROWS_PER_PAGE = 500
/** Sorts before and after every time. */
const ALWAYS = ['0', '9'] as const

export async function* callPages(
  db: Database,
  { from, to }: Period,
  rowsPerPage = ROWS_PER_PAGE,
): AsyncGenerator<CallRow[]> {
  let after = { started_at: from ?? ALWAYS[0], number: 0 }
  for (;;) {
    const page = await db.kysely
      .selectFrom('model_calls')
      .selectAll()
      .select(sql<number>`rowid`.as('number'))
      .where('owner', '=', 'local')
      .where('started_at', '>=', after.started_at)
      .where('started_at', '<', to ?? ALWAYS[1])
      .where(sql<boolean>`(started_at, rowid) > (${after.started_at}, ${after.number})`)
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
