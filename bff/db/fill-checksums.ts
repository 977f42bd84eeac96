// Adds checksums to rows from before there were any, in small transactions. The current content is
// taken as correct.
import { CompiledQuery, sql } from 'kysely'
import { CHECKED_TABLES, checksumOf } from './checksum.ts'
import type { Database } from './open.ts'

const MAX_ROWS = 50
const MAX_BYTES = 128 * 1024

type RowKey = unknown[]
type Checked = (typeof CHECKED_TABLES)[number]

/** Yields after each portion. */
export async function* fillChecksums(db: Database): AsyncGenerator<void> {
  for (const checked of CHECKED_TABLES) {
    const name = `checksums of ${checked.table}`
    if (await isDone(db, name)) continue
    let after: RowKey | null = null
    do {
      after = await fillNext(db, checked, after)
      yield
    } while (after !== null)
    await db.transaction((trx) =>
      trx.insertInto('storage').values({ name, value: new Date().toISOString() }).execute(),
    )
  }
}

async function isDone({ kysely }: Database, name: string): Promise<boolean> {
  return (await sql`select 1 from storage where name = ${name}`.execute(kysely)).rows.length > 0
}

/** Returns the key of the portion's last row. Null if there are no more rows. */
async function fillNext(
  db: Database,
  checked: Checked,
  after: RowKey | null,
): Promise<RowKey | null> {
  const rowKeys = await nextRowKeys(db, checked, after)
  const { table, covered, key } = checked
  const at = `(${key.join(', ')}) = (${key.map(() => '?').join(', ')})`
  for (const rowKey of rowKeys) {
    const { rows } = await db.kysely.executeQuery<object>(
      CompiledQuery.raw(`select ${covered.join(', ')} from ${table} where ${at}`, rowKey),
    )
    const [row] = rows
    if (row === undefined) continue
    // A row that changed in the meantime got its checksum with the change.
    const update = `update ${table} set checksum = ? where ${at} and checksum is null`
    await db.transaction((trx) =>
      trx.executeQuery(CompiledQuery.raw(update, [checksumOf(table, row), ...rowKey])),
    )
  }
  return rowKeys.at(-1) ?? null
}

/** Returns the next rows without a checksum, limited by their total length. */
async function nextRowKeys(db: Database, { table, covered, key }: Checked, after: RowKey | null) {
  const keys = key.join(', ')
  const size = covered.map((name) => `coalesce(octet_length(${name}), 0)`).join(' + ')
  const where = after === null ? '' : `and (${keys}) > (${key.map(() => '?').join(', ')})`
  const query = `select ${keys}, ${size} as size from ${table}
    where checksum is null ${where} order by ${keys} limit ${MAX_ROWS}`
  const { rows } = await db.kysely.executeQuery<Record<string, unknown>>(
    CompiledQuery.raw(query, after ?? []),
  )
  let bytes = 0
  const fitting = rows.filter((row, index) => {
    bytes += Number(row['size'])
    return index === 0 || bytes <= MAX_BYTES
  })
  return fitting.map((row) => key.map((name) => row[name]))
}
