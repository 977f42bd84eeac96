// Opens a database from before demo calls had sums of their own: afterwards its sums contain only
// billed calls.
import BetterSqlite3 from 'better-sqlite3'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { usageTotals } from '../ledger/sums/usage-store.ts'
import { conversationTotals } from '../ledger/calls/call-store.ts'
import { migrations } from './migrate.ts'
import { openDatabase } from './open.ts'
import { temporaryFolder } from '../testing/temporary-database.ts'

const BEFORE = migrations.slice(
  0,
  migrations.findIndex(({ name }) => name.endsWith('-demo')),
)
const DEMO = { provider: 'demo', model: 'tally-demo', origin: 'demo' }
const REAL = { provider: 'mine', model: 'gpt-4.1-mini', origin: 'provider_list' }

/** [id, conversation, day, provider, cost]. */
const CALLS: [string, string, string, typeof DEMO, number][] = [
  ['1', 'only-demo', '2026-11-01', DEMO, 500],
  ['2', 'both', '2026-11-01', DEMO, 700],
  ['3', 'both', '2026-11-02', REAL, 40],
  ['4', 'both', '2026-11-02', DEMO, 600],
]

async function olderDatabase(): Promise<string> {
  const file = join(temporaryFolder(), 'tally.db')
  await (await openDatabase(file, { steps: BEFORE })).close()
  const sqlite = new BetterSqlite3(file)
  const add = sqlite.prepare(`
    insert into model_calls (id, run_id, conversation_id, purpose, provider, model_requested, attempt,
      status, started_at, duration_ms, input_tokens, output_tokens, cost_nano_usd, certainty, price)
    values (?, ?, ?, 'chat', ?, ?, 1, 'completed', ?, 1, 10, 1, ?, 'computed', ?)`)
  for (const [id, conversation, day, { provider, model, origin }, cost] of CALLS) {
    const at = `${day}T12:00:00.000Z`
    add.run(id, `run-${id}`, conversation, provider, model, at, cost, JSON.stringify({ origin }))
  }
  // A demo call interrupted by a crash has no price.
  sqlite.exec(`
    insert into model_calls (id, run_id, conversation_id, purpose, provider, model_requested, attempt,
      status, started_at, duration_ms, certainty)
    values ('5', 'run-5', 'both', 'chat', 'demo', 'tally-demo', 1, 'failed',
      '2026-11-02T13:00:00.000Z', 0, 'unknown');
    insert into daily_totals (day, provider, model, agent, purpose, calls, input_tokens,
      cached_input_tokens, cache_write_tokens, output_tokens, reasoning_tokens, certainty, unpriced_calls)
    values ('2026-11-02', 'wrong', 'wrong', '', 'chat', 99, 0, 0, 0, 0, 0, 'unknown', 99);
    insert into conversations (id, title, title_source, agent, created_at, updated_at)
    values ('both', 'Both', 'words', 'assistant', '2026-11-01T00:00:00.000Z', '2026-11-01T00:00:00.000Z');
    insert into messages (id, conversation_id, role, status, parts, created_at, run_id, totals)
    values ('m2', 'both', 'assistant', 'completed', '[]', '2026-11-01T00:00:00.000Z', 'run-2', '{"calls":1}'),
      ('m3', 'both', 'assistant', 'completed', '[]', '2026-11-02T00:00:00.000Z', 'run-3', '{"calls":1}');
    insert into tool_uses (conversation_id, run_id, message_id, call_id, name, status, at, tokens, reads,
      cost_nano_usd)
    values ('both', 'run-2', 'm2', 'a', 'calculate', 'ok', '2026-11-01T12:00:00.000Z', 5, 1, 30),
      ('both', 'run-4', 'm2', 'b', 'calculate', 'ok', '2026-11-02T12:00:00.000Z', 5, 1, 30),
      ('both', 'run-3', 'm3', 'c', 'calculate', 'ok', '2026-11-02T12:00:00.000Z', 6, 2, 8);
    insert into tool_days (day, tool, uses, tokens, reads, cost_nano_usd)
    values ('2026-11-01', 'calculate', 1, 5, 1, 30), ('2026-11-02', 'calculate', 2, 11, 3, 38);`)
  sqlite.close()
  return file
}

test('an older ledger is split into billed calls and demo calls', async () => {
  const db = await openDatabase(await olderDatabase())
  const whole = { from: null, to: null }
  expect(await usageTotals(db, whole)).toMatchObject({ calls: 1, costNanoUsd: 40 })
  const demo = await usageTotals(db, { ...whole, filter: { demo: 'true' } })
  expect(demo).toMatchObject({ calls: 4, costNanoUsd: 1800, unpricedCalls: 1, demo: true })
  expect(await conversationTotals(db, 'both')).toMatchObject({ calls: 1, costNanoUsd: 40 })
  expect(await conversationTotals(db, 'only-demo')).toMatchObject({ calls: 1, demo: true })

  const { kysely } = db
  const totals = await kysely.selectFrom('messages').select('totals').orderBy('id').execute()
  expect(totals).toEqual([{ totals: '{"calls":1,"demo":true}' }, { totals: '{"calls":1}' }])
  const days = kysely.selectFrom('tool_days').select(['day', 'demo', 'uses', 'tokens', 'reads'])
  expect(
    await days.select('cost_nano_usd as cost').orderBy('day').orderBy('demo').execute(),
  ).toEqual([
    { day: '2026-11-01', demo: 1, uses: 1, tokens: 5, reads: 1, cost: 30 },
    { day: '2026-11-02', demo: 0, uses: 1, tokens: 6, reads: 2, cost: 8 },
    { day: '2026-11-02', demo: 1, uses: 1, tokens: 5, reads: 1, cost: 30 },
  ])
  await db.close()
})
