// Outages of the storage under budgets, through real HTTP, SQLite and wire: a program that holds the
// write lock, a full disk, and a database that refuses a row.
import { join } from 'node:path'
import BetterSqlite3 from 'better-sqlite3'
import { sql } from 'kysely'
import { expect, onTestFinished, test } from 'vitest'
import type { Answer } from '../../e2e/fake-answer.ts'
import { temporaryFolder } from '../testing/temporary-database.ts'
import { heldTally, inDollars, MODEL } from '../testing/budgets.ts'
import { says, startRuns } from '../testing/runs.ts'

const ANSWER: Answer = {
  model: MODEL,
  usage: { prompt_tokens: 100, completion_tokens: 10, total_tokens: 110 },
}

/** Room for one answer at a time. */
const TIGHT = { day: inDollars(0.002) }
const BUSY_TIMEOUT_MS = 200

/** The answer is held back until `go`, so that the outage begins in the middle of it. */
async function midAnswer() {
  const folder = temporaryFolder()
  const { promise: wait, resolve: go } = Promise.withResolvers<void>()
  const answer: Answer = { ...ANSWER, parts: [{ text: 'Yes' }, { wait }, { text: '.' }] }
  const options = { folder, busyTimeoutMs: BUSY_TIMEOUT_MS }
  const { tally, upstream } = await heldTally([answer, ANSWER], TIGHT, options)
  const run = await tally.say('Hello')
  const call = await upstream.called(1)
  for await (const { event } of tally.follow(run.id)) if (event.type === 'token') break
  return { tally, run, folder, finish: () => (go(), call.over) }
}

async function isBookedOnce(tally: Awaited<ReturnType<typeof midAnswer>>['tally'], runId: string) {
  const { kysely } = tally.parts.db
  const rows = await kysely
    .selectFrom('model_calls')
    .selectAll()
    .where('run_id', '=', runId)
    .execute()
  const open = await kysely.selectFrom('open_calls').selectAll().execute()
  return { rows: rows.length, open: open.length, cost: rows[0]?.cost_nano_usd }
}

test('a row that a foreign lock kept from being written is written later, and frees its budget', async () => {
  const { tally, run, folder, finish } = await midAnswer()
  const other = new BetterSqlite3(join(folder, 'tally.db'))
  onTestFinished(() => void other.close())
  other.exec('begin immediate')
  await finish()
  await new Promise((resolve) => setTimeout(resolve, 4 * BUSY_TIMEOUT_MS))
  other.exec('commit')

  const events = await tally.over(run)
  expect(events.at(-1)).toMatchObject({ type: 'done', totals: { calls: 1, costNanoUsd: 56_000 } })
  expect(await isBookedOnce(tally, run.id)).toEqual({ rows: 1, open: 0, cost: 56_000 })
  const next = await tally.over(await tally.say('Again'))
  expect(next.at(-1)).toMatchObject({ type: 'done', status: 'completed' })
})

test('so is one that a full disk kept from being written', async () => {
  const { tally, run, finish } = await midAnswer()
  const { db } = tally.parts
  const limit = (pages: number) =>
    db.transaction((trx) => sql`pragma max_page_count = ${sql.lit(pages)}`.execute(trx))
  // No page is left: the free ones are used up, and every further one is refused.
  await db.transaction(async (trx) => {
    await sql`create table filler (x)`.execute(trx)
    await sql`insert into filler values (zeroblob(100000))`.execute(trx)
  })
  await db.transaction((trx) =>
    sql`create trigger full before insert on model_calls
      begin insert into filler values (zeroblob(1000000)); end`.execute(trx),
  )
  await limit(1)
  await finish()
  await new Promise((resolve) => setTimeout(resolve, 400))
  expect(await isBookedOnce(tally, run.id)).toMatchObject({ rows: 0, open: 1 })
  await limit(1_000_000)

  await tally.over(run)
  expect(await isBookedOnce(tally, run.id)).toEqual({ rows: 1, open: 0, cost: 56_000 })
  const next = await tally.over(await tally.say('Again'))
  expect(next.at(-1)).toMatchObject({ type: 'done', status: 'completed' })
})

test('a row that the database refuses becomes one of unknown cost, and frees its budget', async () => {
  const { tally, run, finish } = await midAnswer()
  await tally.parts.db.transaction((trx) =>
    sql`create trigger refuse before insert on model_calls when new.certainty <> 'unknown'
      begin select raise(abort, 'refused'); end`.execute(trx),
  )
  await finish()
  await tally.over(run)
  await tally.parts.db.transaction((trx) => sql`drop trigger refuse`.execute(trx))
  expect(await isBookedOnce(tally, run.id)).toEqual({ rows: 1, open: 0, cost: null })
  expect(tally.parts.errors).toHaveLength(1)
  const next = await tally.over(await tally.say('Again'))
  expect(next.at(-1)).toMatchObject({ type: 'done', status: 'completed' })
})

test('six requests under one foreign lock all fail at the same deadline', async () => {
  const busyTimeoutMs = 1000
  const folder = temporaryFolder()
  const tally = await startRuns(says('never'), { folder, busyTimeoutMs })
  const other = new BetterSqlite3(join(folder, 'tally.db'))
  onTestFinished(() => void other.close())
  other.exec('begin immediate')
  const started = performance.now()
  const answers = await Promise.all(
    Array.from({ length: 6 }, () => tally.send('POST', '/api/conversations', {})),
  )
  const took = performance.now() - started
  other.exec('commit')
  expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 6 }, () => 503))
  expect(await answers[5]?.json()).toMatchObject({
    code: 'unavailable',
    detail: 'Another program holds the database: stop it and try again.',
  })
  expect(took).toBeGreaterThan(busyTimeoutMs * 0.9)
  expect(took).toBeLessThan(busyTimeoutMs * 2)
  expect((await tally.send('POST', '/api/conversations', {})).status).toBe(201)
})
