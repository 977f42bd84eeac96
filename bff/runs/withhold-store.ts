// Withholds a stored answer in the transaction of the event that reports it: in the log, in the journal, and in the
// items that the next request would carry.
import { setImmediate as yieldToEventLoop } from 'node:timers/promises'
import { CompiledQuery, type Kysely, sql } from 'kysely'
import * as z from 'zod/mini'
import type { Run } from '#shared/api.ts'
import { checksumOf } from '../db/checksum.ts'
import type { Writing } from '../db/open.ts'
import type { Schema } from '../db/schema.ts'
import { blockedMessage, withheldAnswer } from '../upstream/items.ts'
import type { Item } from '../upstream/types.ts'
import { insertItems } from './item-store.ts'
import { ANSWER_TYPES, type WithheldFrom, withoutAnswer } from './withheld-events.ts'

const MAX_ROWS = 200
const REPLACE = `insert or replace into run_events (run_id, seq, type, data, checksum)
  select value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4 from json_each(?)`

export async function withholdEvents(
  trx: Writing,
  runId: string,
  from: WithheldFrom,
): Promise<void> {
  for (let after = 0; ;) {
    const rows = await trx
      .selectFrom('run_events')
      .select(['seq', 'type', 'data'])
      .where('run_id', '=', runId)
      .where('seq', '>', after)
      .where('type', 'in', ANSWER_TYPES)
      .orderBy('seq')
      .limit(MAX_ROWS)
      .execute()
    const changed = rows.flatMap((row) => withoutAnswer(row, from) ?? [])
    const entries = changed.map(({ seq, type, data }) => entryOf(runId, seq, type, data))
    if (entries.length > 0) {
      await trx.executeQuery(CompiledQuery.raw(REPLACE, [JSON.stringify(entries)]))
    }
    const last = rows.at(-1)
    if (last === undefined) break
    after = last.seq
    await yieldToEventLoop()
  }
  await withholdInJournal(trx, runId, from)
}

const Entries = z.array(z.tuple([z.string(), z.int(), z.string(), z.string(), z.int()]))

/** A row holds the events of one commit, those of other runs among them. */
async function withholdInJournal(trx: Writing, runId: string, from: WithheldFrom): Promise<void> {
  const numbers = await trx
    .selectFrom('run_journal')
    .select('number')
    .where(sql<boolean>`instr(events, ${runId}) > 0`)
    .execute()
  for (const { number } of numbers) {
    const { events } = await trx
      .selectFrom('run_journal')
      .select('events')
      .where('number', '=', number)
      .executeTakeFirstOrThrow()
    const entries = Entries.parse(JSON.parse(events)).map((entry) => {
      const [run, seq, type, data] = entry
      const changed = run === runId ? withoutAnswer({ seq, type, data }, from) : null
      return changed === null ? entry : entryOf(runId, seq, type, changed.data)
    })
    await trx
      .updateTable('run_journal')
      .set({ events: JSON.stringify(entries) })
      .where('number', '=', number)
      .execute()
    await yieldToEventLoop()
  }
}

function entryOf(runId: string, seq: number, type: string, data: string) {
  const checksum = checksumOf('run_events', { run_id: runId, seq, type, data })
  return [runId, seq, type, data, checksum] as const
}

/** One item that says so takes the place of all that the answer said. Calls and results stay. */
export async function withholdItems(trx: Writing, run: Run, guardrail: string): Promise<void> {
  const { conversationId, messageId } = run
  const rows = await trx
    .selectFrom('items')
    .select(['seq', 'item'])
    .where('message_id', '=', messageId)
    .orderBy('seq')
    .execute()
  const said = rows.filter(({ item }) => isSaid(item)).map(({ seq }) => seq)
  const last = said.at(-1)
  if (last === undefined) {
    await insertItems(trx, conversationId, messageId, [withheldAnswer(guardrail)])
    return
  }
  const of = { conversation_id: conversationId, message_id: messageId }
  const item = JSON.stringify(withheldAnswer(guardrail))
  await trx
    .deleteFrom('items')
    .where('conversation_id', '=', conversationId)
    .where('seq', 'in', said)
    .where('seq', '<', last)
    .execute()
  await trx
    .updateTable('items')
    .set({ item, checksum: checksumOf('items', { ...of, item }) })
    .where('conversation_id', '=', conversationId)
    .where('seq', '=', last)
    .execute()
}

/** The items of a nested run are read only to go on with it, and it is over. */
export async function withholdNestedItems(
  trx: Kysely<Schema>,
  runId: string,
  parentCallId: string,
): Promise<void> {
  const rows = await trx
    .selectFrom('nested_items')
    .select(['seq', 'item'])
    .where('run_id', '=', runId)
    .where('parent_call_id', '=', parentCallId)
    .execute()
  const said = rows.filter(({ item }) => isSaid(item)).map(({ seq }) => seq)
  if (said.length === 0) return
  await trx
    .deleteFrom('nested_items')
    .where('run_id', '=', runId)
    .where('parent_call_id', '=', parentCallId)
    .where('seq', 'in', said)
    .execute()
}

const StoredItem = z.record(z.string(), z.unknown())

function isSaid(json: string): boolean {
  const item: Item = StoredItem.parse(JSON.parse(json))
  return item['role'] === 'assistant' || item['type'] === 'reasoning'
}

/** The next request says that the message was blocked, not what it says. */
export async function blockMessage(trx: Writing, run: Run, guardrail: string): Promise<void> {
  await insertItems(trx, run.conversationId, run.messageId, [blockedMessage(guardrail)])
}
