// Reads the ledger in pages, oldest first, so that only one page is in memory.
import { type RawBuilder, sql } from 'kysely'
import type { Database } from '../../db/open.ts'
import { type Period, ALWAYS } from '../sums/period.ts'
import type { CallRow } from '../calls/call-row-store.ts'
import { Problem } from '../../http/problem.ts'

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

const SHAPE = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z) (\d{1,15})$/

/** The cursor of a page of ledger calls: the page holds the calls before it. Opaque to clients. */
export function encodeCallCursor({ started_at, number }: CallCursor): string {
  return Buffer.from(`${started_at} ${number}`).toString('base64url')
}

/** Throws a `bad_request` problem if the cursor is invalid. */
export function decodeCallCursor(cursor: string): CallCursor {
  const [, time, number] = SHAPE.exec(Buffer.from(cursor, 'base64url').toString()) ?? []
  if (time === undefined || number === undefined) throw new Problem('invalid_cursor')
  return { started_at: time, number: Number(number) }
}
