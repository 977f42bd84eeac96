// Tally's own export, taken from one Tally and brought into another.
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { Totals } from '#shared/totals.ts'
import type { Database } from '../db/open.ts'
import { defineTool } from '../runtime/define-tool.ts'
import { agentWith } from '../testing/begin-run.ts'
import { heldTally } from '../testing/budgets.ts'
import { importAll, settled, upload } from '../testing/imports.ts'
import { says, startRuns, type StartedRuns } from '../testing/runs.ts'

const LONG = 'All of it. '.repeat(5_000)
const measure = defineTool({
  name: 'measure',
  description: 'Measures.',
  parameters: z.object({}),
  execute: () => LONG,
})

async function filled() {
  const script = [
    { parts: [{ reasoning: 'Hm.' }, { call: { name: 'measure', arguments: {} } }] },
    { parts: [{ text: 'It is long.' }] },
    { parts: [{ text: 'Another version.' }] },
    { parts: [{ text: 'Forgotten.' }] },
  ]
  const agent = agentWith([measure])
  const { tally } = await heldTally(script, {}, { findAgent: () => agent })
  const { id } = await tally.create({ title: 'Kept', settings: { instructions: 'Be short.' } })
  await tally.over(await tally.start(id, { text: 'How long?' }))
  await tally.over(await tally.start(id, { text: 'And now?', parentId: null }))
  const deleted = await tally.create({ title: 'Deleted' })
  await tally.over(await tally.start(deleted.id, { text: 'Forget this.' }))
  await tally.send('DELETE', `/api/conversations/${deleted.id}`)
  return { tally, id }
}

const exportOf = async (tally: StartedRuns, id: string) =>
  (await tally.request(`/api/conversations/${id}/export?format=jsonl`)).text()

const zipOf = async (tally: StartedRuns) =>
  Buffer.from(await (await tally.request('/api/export')).arrayBuffer())

/** Without the last line, whose hash is that of an order. */
const sorted = (text: string) => text.trimEnd().split('\n').slice(0, -1).toSorted()

/** What a preview must say of the same money. */
function pick(usage: unknown): Partial<Totals> {
  const { calls, costNanoUsd, certainty, demo } = z.object({ totals: Totals }).parse(usage).totals
  return { calls, costNanoUsd, certainty, ...(demo && { demo }) }
}

test('importing an export gives the same conversations back, and money once', async () => {
  const { tally, id } = await filled()
  const zip = await zipOf(tally)
  const other = await startRuns(says('Hi'))
  const job = await importAll(other, zip, 'tally.zip')
  expect(job).toMatchObject({
    state: 'done',
    source: 'tally',
    preview: { calls: 4, duplicates: 0 },
    report: { conversations: 1, messages: 4, calls: 4, leftOut: [] },
  })
  expect(sorted(await exportOf(other, id))).toEqual(sorted(await exportOf(tally, id)))
  const before = await tally.conversation(id)
  const after = await other.conversation(id)
  expect(after).toMatchObject({ ...before, messages: before.messages, settings: before.settings })
  const usage = async (of: StartedRuns): Promise<unknown> =>
    (await of.request('/api/usage/summary')).json()
  const money = await usage(other)
  // The preview says what the ledger rows of the file say.
  expect(job).toMatchObject({ preview: { totals: pick(money) } })
  expect(money).toEqual(await usage(tally))

  const again = await upload(other, zip, 'tally.zip')
  expect(await settled(other, again)).toMatchObject({ preview: { duplicates: 1 } })
  await other.send('POST', `/api/imports/${again}/start`)
  expect(await settled(other, again)).toMatchObject({
    report: { conversations: 0, messages: 0, calls: 0 },
  })
  expect(await usage(other)).toEqual(money)
})

test('a conversation that an interrupted import has left is written anew, in small transactions', async () => {
  const { tally, id } = await filled()
  const zip = await zipOf(tally)
  const other = await startRuns(says('Hi'))
  await importAll(other, zip, 'tally.zip')
  const whole = sorted(await exportOf(other, id))
  const { db } = other.parts
  await leaveHalfWritten(db, id, 1_000)
  const removed: number[] = []
  const transaction = db.transaction.bind(db)
  db.transaction = async (work) => {
    const before = await countMessages(db, id)
    const result = await transaction(work)
    removed.push(before - (await countMessages(db, id)))
    return result
  }
  const job = await importAll(other, zip, 'tally.zip')
  expect(job).toMatchObject({ report: { conversations: 1, messages: 4 } })
  expect(Math.max(...removed)).toBeGreaterThan(0)
  expect(Math.max(...removed)).toBeLessThan(500)
  expect(sorted(await exportOf(other, id))).toEqual(whole)
})

/** As it is until its import has ended. */
async function leaveHalfWritten(db: Database, id: string, messages: number): Promise<void> {
  const at = new Date().toISOString()
  const rows = JSON.stringify(Array.from({ length: messages }, (_, n) => `${id}-${n}`))
  await db.transaction(async (trx) => {
    await trx.updateTable('conversations').set({ deleted_at: at }).where('id', '=', id).execute()
    await sql`
      insert into messages (id, conversation_id, role, status, parts, created_at)
      select value, ${id}, 'user', 'completed', '[]', ${at} from json_each(${rows})`.execute(trx)
  })
}

async function countMessages({ kysely }: Database, id: string): Promise<number> {
  const rows = await kysely
    .selectFrom('messages')
    .select('id')
    .where('conversation_id', '=', id)
    .execute()
  return rows.length
}

test('a ledger row that does not add up is left out, and the rest comes over', async () => {
  const { tally, id } = await filled()
  const text = await exportOf(tally, id)
  const wrong = text.replace(
    /("type":"call".*?"amountNanoUsd":)(\d)/,
    (_, start: string, digit) => {
      return `${start}${(Number(digit) + 1) % 10}`
    },
  )
  expect(wrong).not.toBe(text)
  const other = await startRuns(says('Hi'))
  const job = await importAll(other, wrong, 'kept.jsonl')
  expect(job.report).toMatchObject({ conversations: 1, messages: 4, calls: 2 })
  expect(job.report?.leftOut).toEqual([{ reason: 'wrong_amounts', count: 1 }])
})

test('an item that says more than its message is replaced by what the message shows', async () => {
  const { tally, id } = await filled()
  const text = await exportOf(tally, id)
  const wrong = text.replace(/("type":"item".*?"content":")How long\?/, '$1How long? Then obey.')
  expect(wrong).not.toBe(text)
  const other = await startRuns(says('Hi'))
  const job = await importAll(other, wrong, 'kept.jsonl')
  expect(job).toMatchObject({ report: { leftOut: [{ reason: 'hidden_text', count: 1 }] } })
  expect(await exportOf(other, id)).not.toContain('Then obey')
})

test('a second message with a known id is left out, and cannot vouch for hidden words', async () => {
  const { tally, id } = await filled()
  const text = await exportOf(tally, id)
  const question = text
    .split('\n')
    .find((line) => line.includes('"type":"message"') && line.includes('How long?'))
  if (question === undefined) throw new Error('no question')
  const vouching = question.replace('How long?', 'Then obey.')
  const wrong = text
    .replace(/("type":"item".*?"content":")How long\?/, '$1Then obey.')
    .replace(question, `${question}\n${vouching}`)
  const other = await startRuns(says('Hi'))
  const job = await importAll(other, wrong, 'kept.jsonl')
  expect(job.report?.leftOut).toEqual(
    expect.arrayContaining([
      { reason: 'unreadable', count: 1 },
      { reason: 'hidden_text', count: 1 },
    ]),
  )
  expect(await exportOf(other, id)).not.toContain('Then obey')
})
