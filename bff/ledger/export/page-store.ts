// Reads the ledger in pages, oldest first, so that only one page is in memory.
import { type RawBuilder, sql } from 'kysely'
import type { Database } from '../../db/open.ts'
import { ALWAYS, type Period } from '../sums/period.ts'
import type { CallRow } from '../calls/call-row-store.ts'

export interface CallCursor {
  started_at: string
  number: number
}

export async function* callPages(
  db: Database,
  { from, to }: Period,
  which: RawBuilder<boolean>,
  rowsPerPage: number,
): AsyncGenerator<CallRow[]> {
  let after: CallCursor = { started_at: from ?? ALWAYS[0], number: 0 }
  for (;;) {
    const page = await db.kysely
      .selectFrom('model_calls')
      .selectAll()
      .select(sql<number>`rowid`.as('number'))
      .where('owner', '=', 'local')
      .where('started_at', '>=', after.started_at)
      .where('started_at', '<', to ?? ALWAYS[1])
      .where(sql<boolean>`(started_at, rowid) > (${after.started_at}, ${after.number})`)
      .where(which)
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
