import { join } from 'node:path'
import BetterSqlite3 from 'better-sqlite3'
import { onTestFinished, expect, test } from 'vitest'
import { migrations } from '../db/migrate.ts'
import { openDatabase } from '../db/open.ts'
import { temporaryFolder } from '../testing/temporary-database.ts'
import { readToolUses } from './count-results.ts'

const AT = '2026-11-01T12:00:00.000Z'

const call = (callId: string, more: object) => ({
  type: 'tool_call',
  callId,
  name: 'search',
  agent: 'assistant',
  arguments: '{}',
  startedAt: AT,
  durationMs: 12,
  ...more,
})

/** A database from before tool uses were stored, with an answer that used tools. */
async function olderDatabase(parts: object[]): Promise<string> {
  const file = join(temporaryFolder(), 'tally.db')
  const before = migrations.findIndex(({ name }) => name.endsWith('-tool-uses'))
  await (await openDatabase(file, { steps: migrations.slice(0, before) })).close()
  const sqlite = new BetterSqlite3(file)
  sqlite
    .prepare(
      `insert into conversations (id, title, title_source, agent, created_at, updated_at)
       values ('c', 'Hello', 'none', 'assistant', ?, ?)`,
    )
    .run(AT, AT)
  sqlite
    .prepare(
      `insert into messages (id, conversation_id, role, status, parts, created_at, run_id)
       values ('m', 'c', 'assistant', 'completed', ?, ?, 'r')`,
    )
    .run(JSON.stringify(parts), AT)
  const item = {
    type: 'function_call_result',
    callId: 'a',
    output: { type: 'text', text: 'Found.' },
  }
  sqlite
    .prepare(`insert into items (conversation_id, seq, message_id, item) values ('c', 1, 'm', ?)`)
    .run(JSON.stringify(item))
  sqlite.close()
  return file
}

test('tool uses from before they were stored can be read', async () => {
  const db = await openDatabase(
    await olderDatabase([
      { type: 'text', text: 'So' },
      call('a', { status: 'done', output: 'Found.' }),
      call('b', { status: 'failed', output: 'No.', durationMs: null, startedAt: null }),
      call('c', { status: 'unknown', output: null }),
    ]),
  )
  onTestFinished(() => db.close())

  expect(await readToolUses(db, 'c', 'm')).toMatchObject([
    { callId: 'a', status: 'ok', durationMs: 12, resultTokens: 2, reads: 0, dropped: false },
    { callId: 'b', status: 'failed', durationMs: null, at: AT },
  ])
  expect(await db.kysely.selectFrom('tool_days').selectAll().execute()).toMatchObject([
    { day: '2026-11-01', tool: 'search', uses: 2, tokens: 2 },
  ])
})
