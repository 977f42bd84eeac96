// The SQL for folders. Deleting one only hides it, so that it can be undone with its conversations in it.
import { setImmediate as yieldToEventLoop } from 'node:timers/promises'
import { type Kysely, type Selectable, sql } from 'kysely'
import type { CreateFolder, Folder, UpdateFolder } from '#shared/folders.ts'
import { MAX_FOLDERS } from '#shared/limits.ts'
import type { Totals } from '#shared/totals.ts'
import type { Database, Writing } from '../db/open.ts'
import type { FoldersTable } from '../db/schema-conversations.ts'
import type { Schema } from '../db/schema.ts'
import { Problem } from '../http/problem.ts'
import { summed, toTotals } from '../ledger/sums/total-store.ts'
import { OWNER } from './conversation-store.ts'
import { checkName, freeName } from './folder-name-store.ts'
import { t } from '#shared/translate.ts'

export interface FolderDefaults {
  agent: string | null
  provider: string | null
  model: string | null
}

const isUnread = sql<0 | 1>`exists (
  select 1 from conversations c where c.folder_id = folders.id and c.folder_id is not null
    and c.deleted_at is null and c.archived_at is null and c.read_at < c.updated_at
    and not exists (select 1 from runs where conversation_id = c.id and status = 'running'))`

function selectFolders(db: Kysely<Schema>) {
  return db
    .selectFrom('folders')
    .selectAll()
    .select(isUnread.as('is_unread'))
    .where('owner', '=', OWNER)
    .where('deleted_at', 'is', null)
}

export async function listFolders(db: Database): Promise<Folder[]> {
  const rows = await selectFolders(db.kysely).orderBy('position').orderBy('id').execute()
  return Promise.all(rows.map((row) => toFolder(db, row)))
}

export async function readFolder(db: Database, id: string): Promise<Folder> {
  const row = await selectFolders(db.kysely).where('id', '=', id).executeTakeFirst()
  if (row === undefined) throw new Problem('folder_not_found')
  return toFolder(db, row)
}

/** Throws if there is no such folder. */
export async function checkFolder(db: Kysely<Schema>, id: string): Promise<FolderDefaults> {
  const row = await db
    .selectFrom('folders')
    .select(['agent', 'provider', 'model'])
    .where('id', '=', id)
    .where('owner', '=', OWNER)
    .where('deleted_at', 'is', null)
    .executeTakeFirst()
  if (row === undefined) throw new Problem('folder_not_found')
  return row
}

async function toFolder(
  db: Database,
  row: Selectable<FoldersTable> & { is_unread: 0 | 1 },
): Promise<Folder> {
  const { limit_nano_usd: budgetNanoUsd, limit_tokens: budgetTokens } = row
  const hasBudget = budgetNanoUsd !== null || budgetTokens !== null
  return {
    id: row.id,
    name: row.name,
    position: row.position,
    instructions: row.instructions,
    agent: row.agent,
    provider: row.provider,
    model: row.model,
    budgetNanoUsd,
    budgetTokens,
    spent: hasBudget ? await spentIn(db, row.id) : null,
    unread: row.is_unread === 1,
  }
}

/** Also of deleted and purged conversations: their money stays spent. Excludes the demo, which is not billed. */
async function spentIn(db: Database, id: string): Promise<Totals> {
  const { rows } = await sql`
    select ${summed} from conversation_totals where folder_id = ${id} and demo = 0`.execute(
    db.kysely,
  )
  return toTotals(rows[0])
}

export async function insertFolder(
  db: Database,
  id: string,
  made: CreateFolder,
  at: string,
): Promise<void> {
  await db.transaction(async (trx) => {
    await checkName(trx, made.name, null)
    const { count } = await trx
      .selectFrom('folders')
      .select((of) => of.fn.countAll<number>().as('count'))
      .where('owner', '=', OWNER)
      .where('deleted_at', 'is', null)
      .executeTakeFirstOrThrow()
    if (count >= MAX_FOLDERS) throw new Problem('too_many_folders', tooMany())
    await trx
      .insertInto('folders')
      .values({
        id,
        owner: OWNER,
        name: made.name,
        position: count,
        instructions: made.instructions || null,
        agent: made.agent ?? null,
        provider: made.provider ?? null,
        model: made.model ?? null,
        limit_nano_usd: made.budgetNanoUsd ?? null,
        limit_tokens: made.budgetTokens ?? null,
        created_at: at,
      })
      .execute()
  })
}

const tooMany = () => t`There can be ${MAX_FOLDERS} folders: delete one first.`

export async function changeFolder(db: Database, id: string, changes: UpdateFolder): Promise<void> {
  const { name, position, instructions, agent, provider, model } = changes
  const { budgetNanoUsd, budgetTokens } = changes
  await db.transaction(async (trx) => {
    await checkFolder(trx, id)
    if (name !== undefined) await checkName(trx, name, id)
    await trx
      .updateTable('folders')
      .set((columns) => ({
        // A no-op assignment, so that the statement is valid without changes.
        name: name ?? columns.ref('name'),
        ...(instructions !== undefined && { instructions: instructions || null }),
        ...(agent !== undefined && { agent }),
        ...(provider !== undefined && { provider }),
        ...(model !== undefined && { model }),
        ...(budgetNanoUsd !== undefined && { limit_nano_usd: budgetNanoUsd }),
        ...(budgetTokens !== undefined && { limit_tokens: budgetTokens }),
      }))
      .where('id', '=', id)
      .where('owner', '=', OWNER)
      .execute()
    if (position !== undefined) await renumber(trx, id, position)
  })
}

async function renumber(trx: Writing, moved: string, position: number): Promise<void> {
  const rows = await trx
    .selectFrom('folders')
    .select('id')
    .where('owner', '=', OWNER)
    .where('deleted_at', 'is', null)
    .orderBy('position')
    .orderBy('id')
    .execute()
  const ids = rows.map(({ id }) => id).filter((id) => id !== moved)
  ids.splice(position, 0, moved)
  for (const [at, id] of ids.entries()) {
    await trx.updateTable('folders').set({ position: at }).where('id', '=', id).execute()
  }
}

/** Returns false if the folder does not exist or is already deleted. Undoing twice is harmless. */
export async function setFolderDeleted(
  db: Database,
  id: string,
  at: string | null,
): Promise<boolean> {
  return db.transaction(async (trx) => {
    if (at === null) await freeName(trx, id)
    const result = await trx
      .updateTable('folders')
      .set({ deleted_at: at })
      .where('id', '=', id)
      .where('owner', '=', OWNER)
      .$if(at !== null, (query) => query.where('deleted_at', 'is', null))
      .executeTakeFirst()
    return result.numUpdatedRows > 0n
  })
}

const CONVERSATIONS_AT_ONCE = 100

/** Purges deleted folders that are due; their conversations are in no folder then. */
export async function purgeFolders(
  db: Database,
  isDue: (deletion: { id: string; deletedAt: string }) => boolean,
): Promise<void> {
  const deleted = await db.kysely
    .selectFrom('folders')
    .select(['id', sql<string>`deleted_at`.as('deletedAt')])
    .where('deleted_at', 'is not', null)
    .execute()
  for (const { id } of deleted.filter(isDue)) {
    while (await db.transaction((trx) => takeOut(trx, id))) await yieldToEventLoop()
    while (await db.transaction((trx) => forgetSpent(trx, id))) await yieldToEventLoop()
    await db.transaction((trx) => trx.deleteFrom('folders').where('id', '=', id).execute())
  }
}

async function takeOut(trx: Writing, id: string): Promise<boolean> {
  const some = trx
    .selectFrom('conversations')
    .select('id')
    .where('folder_id', '=', id)
    .limit(CONVERSATIONS_AT_ONCE)
  const result = await trx
    .updateTable('conversations')
    .set({ folder_id: null })
    .where('id', 'in', some)
    .executeTakeFirst()
  return result.numUpdatedRows > 0n
}

/** What purged conversations have spent belongs to no folder any more. */
async function forgetSpent(trx: Writing, id: string): Promise<boolean> {
  const some = trx
    .selectFrom('conversation_totals')
    .select('conversation_id')
    .where('folder_id', '=', id)
    .limit(CONVERSATIONS_AT_ONCE)
  const result = await trx
    .updateTable('conversation_totals')
    .set({ folder_id: null })
    .where('conversation_id', 'in', some)
    .executeTakeFirst()
  return result.numUpdatedRows > 0n
}
