// Damage of the storage, done by another program to the real file under a real server.
import { readFileSync, writeFileSync } from 'node:fs'
import { copyFile } from 'node:fs/promises'
import { join } from 'node:path'
import BetterSqlite3 from 'better-sqlite3'
import { expect, onTestFinished, test } from 'vitest'
import { Receipt } from '#shared/api.ts'
import type { Answer } from '../../e2e/fake-answer.ts'
import { fillChecksums } from '../db/fill-checksums.ts'
import { openDatabase } from '../db/open.ts'
import { temporaryFolder } from '../testing/temporary-database.ts'
import { checkIntegrity } from '../db/watch-integrity.ts'
import { heldTally, MODEL } from '../testing/budgets.ts'
import { says, startRuns } from '../testing/runs.ts'

const ANSWER: Answer = {
  parts: [{ text: 'Paris is the capital.' }],
  model: MODEL,
  usage: { prompt_tokens: 100, completion_tokens: 10, total_tokens: 110 },
}

/** A conversation with one answer, and a program that edits its database. */
async function answered() {
  const folder = temporaryFolder()
  const { tally, upstream } = await heldTally(ANSWER, {}, { folder })
  const run = await tally.say('Which is the capital of France?')
  await tally.over(run)
  const other = new BetterSqlite3(join(folder, 'tally.db'))
  onTestFinished(() => void other.close())
  other.pragma('ignore_check_constraints = on')
  return { tally, upstream, run, folder, edit: (sql: string) => other.prepare(sql).run() }
}

const LIE = `replace(parts, 'Paris', 'Berlin')`

test('an answer that was altered is marked and shown as such', async () => {
  const { tally, run, edit } = await answered()
  edit(`update messages set parts = ${LIE} where role = 'assistant'`)
  const { messages } = await tally.conversation(run.conversationId)
  expect(messages.map(({ damaged }) => damaged)).toEqual([undefined, true])
  expect(messages[1]?.parts[0]).toMatchObject({
    type: 'notice',
    kind: 'damaged',
    text: expect.stringMatching(/changed or damaged in storage/),
  })
  expect(tally.parts.db.damage.sentence).toMatch(/damaged \(1 × message\): .* restore a backup/)
})

test('a message of which nothing can be read any more leaves the others readable', async () => {
  const { tally, run, edit } = await answered()
  edit(`update messages set parts = '[]', agent = 'x' where role = 'user'`)
  edit(`update messages set parts = '{"no":"parts"}' where role = 'assistant'`)
  const { messages } = await tally.conversation(run.conversationId)
  expect(messages.map(({ parts }) => parts.length)).toEqual([1, 1])
})

test.each([`'{"calls":'`, `replace(totals, 'certainty', 'certaintx')`])(
  'totals that cannot be read leave the conversation readable: %s',
  async (broken) => {
    const { tally, run, edit } = await answered()
    edit(`update messages set totals = ${broken} where role = 'assistant'`)
    const { messages } = await tally.conversation(run.conversationId)
    expect(messages[1]?.totals).toMatchObject({ costNanoUsd: null, certainty: 'unknown' })
    expect(messages[1]?.parts).toMatchObject([
      {
        type: 'notice',
        kind: 'damaged',
        text: expect.stringMatching(/cost .* damaged in storage/),
      },
      { type: 'text', text: 'Paris is the capital.' },
    ])
    expect(messages[1]?.damaged).toBeUndefined()
    expect(tally.parts.db.damage.sentence).toMatch(/damaged \(1 × message\)/)
    const receipt = Receipt.parse(await (await tally.request(`/api/runs/${run.id}/calls`)).json())
    expect(receipt.totals.costNanoUsd).toBeGreaterThan(0)
  },
)

test('an item that was altered is never sent, and its message says so', async () => {
  const { tally, upstream, run, edit } = await answered()
  edit(`update items set item = replace(item, 'Paris', 'Berlin')`)
  edit(`update items set item = replace(item, 'France', 'Prussia')`)
  await tally.over(await tally.start(run.conversationId, { text: 'And of Spain?' }))
  const sent = JSON.stringify(upstream.calls[1]?.body)
  expect(sent).toContain('And of Spain?')
  expect(sent).toContain('was damaged in storage and is left out')
  expect(sent).not.toMatch(/Berlin|Prussia|Paris|France/)
  const { messages } = await tally.conversation(run.conversationId)
  expect(messages.map(({ damaged }) => damaged ?? false)).toEqual([true, true, false, false])
})

test('an event that was altered keeps its place and says that it is left out', async () => {
  const { tally, run, edit } = await answered()
  edit(`update run_events set data = replace(data, 'Paris', 'Berlin')`)
  const events = await tally.ended(run.id)
  expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index + 1))
  expect(JSON.stringify(events)).not.toMatch(/Berlin/)
  expect(events.filter(({ event }) => event.type === 'error')).toMatchObject([
    { event: { code: 'damaged', retryable: false } },
  ])
})

test('a ledger row that was altered is marked on its receipt', async () => {
  const { tally, run, edit } = await answered()
  edit('drop trigger model_calls_unchanged')
  edit('update model_calls set cost_nano_usd = 1')
  const receipt = Receipt.parse(await (await tally.request(`/api/runs/${run.id}/calls`)).json())
  expect(receipt.items[0]?.flags).toEqual(['damaged'])
})

test('rows that are older than checksums get theirs in the background, also in the ledger', async () => {
  const { tally, edit, folder } = await answered()
  const { db } = tally.parts
  const trigger = triggerIn(folder)
  edit('drop trigger model_calls_unchanged')
  for (const table of ['messages', 'items', 'run_events', 'model_calls']) {
    edit(`update ${table} set checksum = null`)
  }
  edit(trigger)
  for await (const _ of fillChecksums(db));
  for (const table of ['messages', 'items', 'run_events', 'model_calls'] as const) {
    const rows = await db.kysely.selectFrom(table).select('checksum').execute()
    expect(rows.length).toBeGreaterThan(0)
    expect(rows.filter(({ checksum }) => checksum === null)).toEqual([])
  }
  expect(db.damage.sentence).toBeNull()
  expect(() => edit('update model_calls set cost_nano_usd = 1')).toThrow(/append-only/)
})

test('the check behind the start finds what was altered and pages that were overwritten', async () => {
  const { tally, edit } = await answered()
  const { db } = tally.parts
  const { signal } = new AbortController()
  await checkIntegrity(db, signal)
  expect(db.damage.sentence).toBeNull()
  edit(`update messages set parts = ${LIE} where role = 'assistant'`)
  await checkIntegrity(db, signal)
  expect(db.damage.sentence).toMatch(/1 × message/)
  expect(tally.parts.errors).toEqual([])
})

test('a page that was overwritten is a clear problem, and health says it', async () => {
  const folder = temporaryFolder()
  const file = join(folder, 'tally.db')
  const first = await startRuns(says('Hi'), { folder })
  const run = await first.say('Hello')
  await first.ended(run.id)
  await first.parts.end()
  overwritePage(file, 'messages')

  const tally = await startRuns(says('Hi'), { folder })
  const answer = await tally.request(`/api/conversations/${run.conversationId}`)
  expect(answer.status).toBe(503)
  expect(answer.headers.get('content-type')).toBe('application/problem+json')
  expect(await answer.json()).toMatchObject({
    code: 'database_damaged',
    detail: expect.stringMatching(/restore a backup/),
  })
  const other = await openDatabase(await copyOf(file))
  onTestFinished(() => other.close())
  await checkIntegrity(other, new AbortController().signal)
  expect(other.damage.sentence).toMatch(/pages of the file/)
})

function overwritePage(file: string, table: string): void {
  const sqlite = new BetterSqlite3(file)
  const page = sqlite
    .prepare('select rootpage from sqlite_master where name = ?')
    .pluck()
    .get(table)
  const size = Number(sqlite.pragma('page_size', { simple: true }))
  sqlite.close()
  const bytes = readFileSync(file)
  bytes.fill(0xee, (Number(page) - 1) * size, Number(page) * size)
  writeFileSync(file, bytes)
}

async function copyOf(file: string): Promise<string> {
  const copy = join(temporaryFolder(), 'tally.db')
  await copyFile(file, copy)
  return copy
}

function triggerIn(folder: string): string {
  const sqlite = new BetterSqlite3(join(folder, 'tally.db'), { readonly: true })
  const named = sqlite.prepare(`select sql from sqlite_master where name = 'model_calls_unchanged'`)
  const text = String(named.pluck().get())
  sqlite.close()
  return text
}
