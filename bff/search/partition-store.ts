// The partitions of the index. One that is full is divided: usually the next message is newer than all of
// it, and begins a new one; after an import of old messages, its newer half is indexed anew, a few at a time.
import { type Kysely, sql } from 'kysely'
import type { Database, Writing } from '../db/open.ts'
import { prepared } from '../db/prepared.ts'
import type { Schema } from '../db/schema.ts'

/** Tests have smaller ones. */
export const MAX_ENTRIES = 32_768
const FIRST_CHARACTER = 0x4e00
/** So many are queued in about a millisecond. */
const MOVED_AT_ONCE = 256

export interface Partition {
  mark: string
  newestKey: number
  /** The newest key of the next partition. */
  end: number
}

/** The character with which the tokens of a partition begin: exactly one, for the index of prefixes. */
export const markOf = (id: number) => String.fromCodePoint(FIRST_CHARACTER + id)

/** Returns those that have keys from `from` to `to`, newest first. */
export async function listPartitions(
  db: Kysely<Schema>,
  { from, to }: { from: number; to: number },
): Promise<Partition[]> {
  const rows = await db
    .selectFrom('search_partitions')
    .select(['id', 'newest_key'])
    .orderBy('newest_key')
    .execute()
  return rows
    .map(({ id, newest_key: newestKey }, index) => {
      const end = rows[index + 1]?.newest_key ?? Number.MAX_SAFE_INTEGER
      return { mark: markOf(id), newestKey, end }
    })
    .filter(({ newestKey, end }) => end > from && newestKey <= to)
}

export async function partitionMark(trx: Writing, key: number): Promise<string> {
  return markOf((await partitionOf(trx, key)).id)
}

/** Counts a new entry. Returns the mark of its partition. */
export async function addToPartition(
  trx: Writing,
  key: number,
  maxEntries: number,
): Promise<string> {
  let partition = await partitionOf(trx, key)
  if (partition.entries >= maxEntries) {
    await divide(trx, partition, key)
    partition = await partitionOf(trx, key)
  }
  await countEntry(trx, { id: partition.id })
  return markOf(partition.id)
}

const countEntry = prepared(['id'], (db, placeholder) =>
  sql`
    update search_partitions set entries = entries + 1 where id = ${placeholder('id')}`.compile(db),
)

interface PartitionRow {
  id: number
  newest_key: number
  entries: number
}

const findPartition = prepared(['key'], (db, placeholder) =>
  sql<PartitionRow>`
    select id, newest_key, entries from search_partitions
    where newest_key <= ${placeholder('key')} order by newest_key desc limit 1`.compile(db),
)

async function partitionOf(trx: Writing, key: number): Promise<PartitionRow> {
  const [partition] = await findPartition(trx, { key })
  if (partition === undefined) throw new Error('The search has no partition.')
  return partition
}

/** The newer ones get a partition of their own. `added` is not counted yet. */
async function divide(trx: Writing, full: PartitionRow, added: number): Promise<void> {
  const { id, newest_key: newest, entries } = full
  const olderThan = (key: number, count: number) =>
    trx
      .selectFrom('search_entries')
      .select('key')
      .where('key', '>', key)
      .orderBy('key')
      .limit(1)
      .offset(count)
      .executeTakeFirst()
  const isNewest = (await olderThan(newest - 1, 0))?.key === added
  const half = Math.floor(entries / 2)
  const first = isNewest ? await olderThan(added, 0) : await olderThan(newest - 1, half)
  if (first === undefined) return
  const moved = isNewest ? 0 : half
  await trx
    .updateTable('search_partitions')
    .set({ newest_key: first.key, entries: entries - moved })
    .where('id', '=', id)
    .execute()
  await trx.insertInto('search_partitions').values({ newest_key: newest, entries: moved }).execute()
  if (isNewest) return
  await trx
    .insertInto('search_moves')
    .values({ from_key: newest, end_key: first.key })
    // An earlier division of it that is not over has queued none of them, and will queue them all.
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/** Queues the next messages that a division has moved. Returns false if there are none. */
export async function queueMoved(db: Pick<Database, 'transaction'>): Promise<boolean> {
  return db.transaction(async (trx) => {
    const move = await trx.selectFrom('search_moves').selectAll().limit(1).executeTakeFirst()
    if (move === undefined) return false
    const { from_key: from, end_key: end } = move
    const moved = await trx
      .selectFrom('search_entries')
      .select(['key', 'message_number'])
      .where('key', '>=', from)
      .where('key', '<', end)
      .orderBy('key')
      .limit(MOVED_AT_ONCE)
      .execute()
    const numbers = JSON.stringify(moved.map(({ message_number: number }) => number))
    await sql`
      insert or ignore into search_queue (message_number)
      select value from json_each(${numbers})`.execute(trx)
    await trx.deleteFrom('search_moves').where('from_key', '=', from).execute()
    const last = moved.at(-1)
    if (last === undefined || moved.length < MOVED_AT_ONCE) return true
    await trx
      .insertInto('search_moves')
      .values({ from_key: last.key + 1, end_key: end })
      .execute()
    return true
  })
}
