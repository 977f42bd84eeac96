// Overwrites the texts of a conversation before it is purged. SQLite overwrites what it deletes, but where it
// moves rows between pages it may leave their old bytes behind. A text of the same length takes the place of the
// old one without moving anything.
import { type RawBuilder, sql } from 'kysely'
import type { Database } from '../db/open.ts'

interface Column {
  table: string
  column: string
  where: RawBuilder<boolean>
}

/** Runs only on a deleted conversation without an active run. */
export async function eraseTexts(db: Database, conversationId: string): Promise<void> {
  const runs = await db.kysely
    .selectFrom('runs')
    .select('id')
    .where('conversation_id', '=', conversationId)
    .execute()
  const inConversation = sql<boolean>`conversation_id = ${conversationId}`
  const columns: Column[] = [
    ...columnsWhere(inConversation, [
      ['messages', 'parts'],
      ['items', 'item'],
      ['waits', 'request'],
      ['waits', 'decision'],
      ['summaries', 'text'],
      ['queued_messages', 'text'],
      ['rules', 'conditions'],
    ]),
    ...columnsWhere(sql`id = ${conversationId}`, [['conversations', 'settings']]),
    ...runs.flatMap(({ id }) =>
      columnsWhere(sql`run_id = ${id}`, [
        ['run_events', 'data'],
        ['tool_outputs', 'output'],
        ['nested_items', 'item'],
      ]),
    ),
  ]
  for (const column of columns) await overwrite(db, column)
  for (const { id } of runs) await overwriteInJournal(db, id)
}

function columnsWhere(where: RawBuilder<boolean>, names: [string, string][]): Column[] {
  return names.map(([table, column]) => ({ table, column, where }))
}

/** With a JSON string of spaces, because most columns have to be valid JSON. */
async function overwrite(db: Database, { table, column, where }: Column): Promise<void> {
  const text = sql.ref(column)
  await db.transaction(async (trx) => {
    await sql`
      update ${sql.table(table)}
      set ${text} = '"' || printf('%*s', octet_length(${text}) - 2, '') || '"'
      where ${where} and octet_length(${text}) > 1`.execute(trx)
  })
}

/** A row of the journal has the events of several runs. */
async function overwriteInJournal(db: Database, runId: string): Promise<void> {
  await db.transaction(async (trx) => {
    const rows = await trx
      .selectFrom('run_journal')
      .selectAll()
      .where(sql<boolean>`instr(events, ${runId}) > 0`)
      .execute()
    for (const { number, events } of rows) {
      const entries: unknown[] = JSON.parse(events)
      const kept = entries.map((entry) => {
        const json = JSON.stringify(entry)
        const isOfRun = Array.isArray(entry) && entry[0] === runId
        return isOfRun ? EMPTY_ENTRY.padEnd(Buffer.byteLength(json)) : json
      })
      await trx
        .updateTable('run_journal')
        .set({ events: `[${kept.join(',')}]` })
        .where('number', '=', number)
        .execute()
    }
  })
}

/** Of no run. */
const EMPTY_ENTRY = '["",0,"","",0]'
