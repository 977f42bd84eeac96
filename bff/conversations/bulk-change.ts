// Changes many conversations in small transactions, and says how to take it back. Asking again changes
// nothing more.
import { setImmediate as yieldToEventLoop } from 'node:timers/promises'
import type { BulkChange, BulkResult } from '#shared/api.ts'
import type { Database, Writing } from '../db/open.ts'
import { Problem } from '../http/problem.ts'
import { changeOrder, type OrderRow, orderRows } from './order-store.ts'

const CONVERSATIONS_AT_ONCE = 50

type Change = BulkChange['change']

export async function changeMany(db: Database, { ids, change }: BulkChange): Promise<BulkResult> {
  const at = new Date().toISOString()
  const unique = [...new Set(ids)]
  const before: OrderRow[] = []
  const missing: string[] = []
  for (let from = 0; from < unique.length; from += CONVERSATIONS_AT_ONCE) {
    const some = unique.slice(from, from + CONVERSATIONS_AT_ONCE)
    const found = await db.transaction((trx) => changeSome(trx, some, change, at))
    before.push(...found)
    const known = new Set(found.map(({ id }) => id))
    missing.push(...some.filter((id) => !known.has(id)))
    await yieldToEventLoop()
  }
  if (before.length === 0) throw new Problem('conversation_not_found')
  const different = before.filter((row) => inverseOf(row, change) !== null)
  return { changed: different.map(({ id }) => id), missing, undo: undoOf(different, change) }
}

async function changeSome(
  trx: Writing,
  ids: string[],
  change: Change,
  at: string,
): Promise<OrderRow[]> {
  const rows = await orderRows(trx, ids)
  for (const row of rows) {
    if (inverseOf(row, change) !== null) await changeOrder(trx, row.id, change, at)
  }
  return rows
}

/** Returns what the row was like, as far as the change makes it different. Null if it does not. */
function inverseOf(row: OrderRow, change: Change): Change | null {
  const { pinned, archived, unread, deleted, folderId } = change
  const inverse: Change = {
    ...(differs(pinned, row.pinned) && { pinned: row.pinned }),
    ...(differs(archived, row.archived) && { archived: row.archived }),
    ...(differs(unread, row.unread) && { unread: row.unread }),
    ...(differs(deleted, row.deleted) && { deleted: row.deleted }),
    ...(differs(folderId, row.folderId) && { folderId: row.folderId }),
  }
  return Object.keys(inverse).length === 0 ? null : inverse
}

function differs<T>(wanted: T | undefined, now: T): boolean {
  return wanted !== undefined && wanted !== now
}

/** One request for all that were alike. */
function undoOf(rows: OrderRow[], change: Change): BulkChange[] {
  const alike = Map.groupBy(rows, (row) => JSON.stringify(inverseOf(row, change)))
  return [...alike.values()].flatMap((group) => {
    const [first] = group
    const inverse = first === undefined ? null : inverseOf(first, change)
    return inverse === null ? [] : [{ ids: group.map(({ id }) => id), change: inverse }]
  })
}
