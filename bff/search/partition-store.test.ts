import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { temporaryDatabase } from '../testing/temporary-database.ts'
import { addToPartition, MAX_ENTRIES, queueMoved } from './partition-store.ts'

const AT = '2026-01-01T00:00:00.000Z'

test('a full partition is divided without holding the event loop', async () => {
  const db = await temporaryDatabase()
  await db.transaction(async (trx) => {
    await sql`insert into conversations (id, title, title_source, agent, created_at, updated_at)
      values ('c', 'Many', 'person', 'assistant', ${AT}, ${AT})`.execute(trx)
    await sql`
      with recursive numbers (n) as (select 1 union all select n + 1 from numbers where n < ${MAX_ENTRIES})
      insert into messages (number, id, conversation_id, role, status, parts, created_at)
      select n, 'm' || n, 'c', 'user', 'completed', '[]', ${AT} from numbers`.execute(trx)
    await sql`insert into search_entries (key, message_number) select 2 * number, number from messages`.execute(
      trx,
    )
    await sql`update search_partitions set entries = ${MAX_ENTRIES}`.execute(trx)
    await sql`delete from search_queue`.execute(trx)
  })
  const queued = async () =>
    (await db.kysely.selectFrom('search_queue').selectAll().execute()).map(
      (row) => row.message_number,
    )

  await db.transaction((trx) => addToPartition(trx, 1001, MAX_ENTRIES))
  const sizes = [(await queued()).length]
  while (await queueMoved(db)) sizes.push((await queued()).length)
  const steps = sizes.map((size, index) => size - (sizes[index - 1] ?? 0))
  expect(Math.max(...steps)).toBeLessThanOrEqual(256)
  // The newer half, each of its messages once.
  const half = Array.from({ length: MAX_ENTRIES / 2 }, (_, n) => n + 1)
  expect(await queued()).toEqual(half)
})
