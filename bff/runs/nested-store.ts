// What nested runs and long tool outputs leave behind, by the call they belong to.
import * as z from 'zod/mini'
import { sql } from 'kysely'
import type { Item } from '../upstream/types.ts'
import { OWNER } from '../conversations/conversation-store.ts'
import type { Database } from '../db/open.ts'

/** Finds the run, unless it belongs to another owner. */
const ownRun = (runId: string) =>
  sql<string>`(select id from runs where id = ${runId} and owner = ${OWNER})`

const StoredItem = z.record(z.string(), z.unknown())

export async function insertNestedItems(
  db: Database,
  runId: string,
  parentCallId: string,
  items: Item[],
): Promise<void> {
  await db.transaction(async (trx) => {
    const { last } = await trx
      .selectFrom('nested_items')
      .select(sql<number>`coalesce(max(seq), 0)`.as('last'))
      .where('run_id', 'in', ownRun(runId))
      .where('parent_call_id', '=', parentCallId)
      .executeTakeFirstOrThrow()
    for (const [index, item] of items.entries()) {
      await trx
        .insertInto('nested_items')
        .values({
          run_id: runId,
          parent_call_id: parentCallId,
          seq: last + index + 1,
          item: JSON.stringify(item),
        })
        .execute()
    }
  })
}

export async function nestedItems(
  db: Database,
  runId: string,
  parentCallId: string,
): Promise<Item[]> {
  const rows = await db.kysely
    .selectFrom('nested_items')
    .select('item')
    .where('run_id', 'in', ownRun(runId))
    .where('parent_call_id', '=', parentCallId)
    .orderBy('seq')
    .execute()
  return rows.map(({ item }) => StoredItem.parse(JSON.parse(item)))
}

/** A later output of the same key replaces the earlier one. */
export async function storeOutput(
  db: Database,
  runId: string,
  key: string,
  output: string,
): Promise<void> {
  await db.transaction(async (trx) => {
    await trx
      .insertInto('tool_outputs')
      .values({ run_id: runId, call_id: key, output: output.slice(0, MAX_KEPT_CHARS) })
      .onConflict((conflict) => conflict.doUpdateSet({ output: output.slice(0, MAX_KEPT_CHARS) }))
      .execute()
  })
}

/** A tool may return anything; a longer text is not stored whole. */
const MAX_KEPT_CHARS = 5_000_000

/** Of any run of the same message, whose newest run a reader knows. */
export async function findOutput(db: Database, runId: string, key: string): Promise<string | null> {
  const row = await db.kysely
    .selectFrom('tool_outputs')
    .innerJoin('runs', 'runs.id', 'tool_outputs.run_id')
    .innerJoin('runs as newest', 'newest.message_id', 'runs.message_id')
    .select('tool_outputs.output')
    .where('newest.id', '=', runId)
    .where('newest.owner', '=', OWNER)
    .where('tool_outputs.call_id', '=', key)
    .orderBy('runs.id', 'desc')
    .executeTakeFirst()
  return row?.output ?? null
}
