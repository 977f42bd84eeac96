// Opens a database from before there were rules: an approval for a whole conversation goes on as one.
import BetterSqlite3 from 'better-sqlite3'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { rulesFor } from '../rules/rule-store.ts'
import { temporaryFolder } from '../testing/temporary-database.ts'
import { migrations } from './migrate.ts'
import { openDatabase } from './open.ts'

const AT = '2026-11-30T12:00:00.000Z'
const BEFORE = migrations.slice(
  0,
  migrations.findIndex(({ name }) => name.endsWith('-rules')),
)

test('an approval for the rest of a conversation becomes a rule of that conversation', async () => {
  const file = join(temporaryFolder(), 'tally.db')
  await (await openDatabase(file, { steps: BEFORE })).close()
  const sqlite = new BetterSqlite3(file)
  sqlite.exec(`
    insert into conversations (id, title, title_source, agent, created_at, updated_at)
    values ('c1', 'Orders', 'words', 'assistant', '${AT}', '${AT}');
    insert into messages (id, conversation_id, role, status, parts, created_at)
    values ('u1', 'c1', 'user', 'completed', '[]', '${AT}'),
      ('m1', 'c1', 'assistant', 'completed', '[]', '${AT}');
    insert into runs (id, conversation_id, message_id, user_message_id, status, agent, provider, model,
      created_at, ended_at)
    values ('r1', 'c1', 'm1', 'u1', 'completed', 'assistant', 'p', 'm', '${AT}', '${AT}');`)
  const add = sqlite.prepare(`
    insert into waits (id, run_id, conversation_id, kind, tool, agent, request, created_at, expires_at,
      decision, decided_at)
    values (?, 'r1', 'c1', 'approval', ?, 'assistant', '{}', ?, ?, ?, ?)`)
  const decided = [
    ['w1', 'view', 'approve', 'conversation'],
    ['w2', 'refund', 'approve', 'once'],
    ['w3', 'refund', 'deny', undefined],
  ] as const
  for (const [id, tool, decision, scope] of decided) {
    add.run(id, tool, AT, AT, JSON.stringify({ decision, scope }), AT)
  }
  sqlite.close()

  const db = await openDatabase(file)
  const about = { conversationId: 'c1', agent: 'assistant' }
  expect(await rulesFor(db, { ...about, tool: 'view' }, new Date())).toMatchObject([
    { id: 'w1', conversationTitle: 'Orders', conditions: [], expiresAt: null, uses: 0 },
  ])
  expect(await rulesFor(db, { ...about, tool: 'refund' }, new Date())).toEqual([])
  await db.close()
})
