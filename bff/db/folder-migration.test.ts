// Opens a database from before sums named their folder: what a folder has spent stays the same.
import BetterSqlite3 from 'better-sqlite3'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readSpent } from '../budgets/budget-store.ts'
import { temporaryFolder } from '../testing/temporary-database.ts'
import { migrations } from './migrate.ts'
import { openDatabase } from './open.ts'

const AT = '2026-11-30T12:00:00.000Z'
const BEFORE = migrations.slice(
  0,
  migrations.findIndex(({ name }) => name.endsWith('-folder-sums')),
)

test('conversations of a folder count there, also purged ones, and no others', async () => {
  const file = join(temporaryFolder(), 'tally.db')
  await (await openDatabase(file, { steps: BEFORE })).close()
  const sqlite = new BetterSqlite3(file)
  sqlite.exec(`
    insert into folders (id, name, position, created_at) values ('f1', 'Work', 0, '${AT}');
    insert into purged_conversations (conversation_id, folder_id) values ('gone', 'f1');`)
  const conversation = sqlite.prepare(`
    insert into conversations (id, title, title_source, agent, folder_id, created_at, updated_at)
    values (?, 'Orders', 'words', 'assistant', ?, '${AT}', '${AT}')`)
  conversation.run('in', 'f1')
  conversation.run('out', null)
  const sums = sqlite.prepare(`
    insert into conversation_totals (conversation_id, calls, input_tokens, cached_input_tokens,
      cache_write_tokens, output_tokens, reasoning_tokens, cost_nano_usd, certainty, unpriced_calls)
    values (?, 1, 10, 0, 0, 1, 0, ?, 'computed', 0)`)
  for (const [id, nanoUsd] of Object.entries({ in: 1, gone: 10, out: 100 })) sums.run(id, nanoUsd)
  sqlite.close()

  const db = await openDatabase(file)
  expect(await readSpent(db, 'folder', 'f1')).toEqual({ nanoUsd: 11, tokens: 22 })
  await db.close()
})
