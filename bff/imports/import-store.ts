// The SQL for imports as jobs.
import { type Selectable, sql, type Updateable } from 'kysely'
import { ImportJob, type ImportReport } from '#shared/imports.ts'
import { OWNER } from '../conversations/conversation-store.ts'
import type { Database, Writing } from '../db/open.ts'
import { prepared } from '../db/prepared.ts'
import type { ImportsTable } from '../db/schema-imports.ts'

type ImportRow = Selectable<ImportsTable>

export async function insertImport(
  db: Database,
  job: { id: string; fileName: string; bytes: number },
  at: string,
): Promise<void> {
  await db.transaction((trx) =>
    trx
      .insertInto('imports')
      .values({
        id: job.id,
        owner: OWNER,
        file_name: job.fileName,
        bytes: job.bytes,
        state: 'reading',
        created_at: at,
        updated_at: at,
      })
      .execute(),
  )
}

export async function findImport(db: Database, id: string): Promise<ImportJob | null> {
  const row = await db.kysely
    .selectFrom('imports')
    .selectAll()
    .where('id', '=', id)
    .where('owner', '=', OWNER)
    .executeTakeFirst()
  return row === undefined ? null : toJob(row)
}

/** Returns the title of conversations without one. Null: the import was started by an earlier Tally. */
export async function readUntitled(db: Database, id: string): Promise<string | null> {
  const row = await db.kysely
    .selectFrom('imports')
    .select('untitled')
    .where('id', '=', id)
    .where('owner', '=', OWNER)
    .executeTakeFirst()
  return row?.untitled ?? null
}

const MAX_LISTED = 20

/** Newest first. */
export async function listImports(db: Database): Promise<ImportJob[]> {
  const rows = await db.kysely
    .selectFrom('imports')
    .selectAll()
    .where('owner', '=', OWNER)
    .orderBy('created_at', 'desc')
    .limit(MAX_LISTED)
    .execute()
  return rows.map(toJob)
}

/** Returns the oldest import that is to be read or written. */
export async function nextImport(db: Database): Promise<ImportJob | null> {
  const row = await db.kysely
    .selectFrom('imports')
    .selectAll()
    .where('state', 'in', ['reading', 'importing'])
    .orderBy('created_at')
    .limit(1)
    .executeTakeFirst()
  return row === undefined ? null : toJob(row)
}

/** Returns false if it is not in the state any more. */
export async function changeImport(
  trx: Writing,
  id: string,
  from: ImportJob['state'],
  changes: Partial<Pick<ImportJob, 'state' | 'source' | 'preview' | 'progress' | 'report'>> & {
    problem?: string
    /** The title of conversations without one. */
    untitled?: string
  },
): Promise<boolean> {
  const { preview, report, ...rest } = changes
  const set: Updateable<ImportsTable> = {
    ...rest,
    ...(preview !== undefined && { preview: JSON.stringify(preview) }),
    ...(report !== undefined && { report: JSON.stringify(report) }),
    updated_at: new Date().toISOString(),
  }
  const result = await trx
    .updateTable('imports')
    .set(set)
    .where('id', '=', id)
    .where('owner', '=', OWNER)
    .where('state', '=', from)
    .executeTakeFirst()
  return result.numUpdatedRows > 0n
}

const storeProgress = prepared(['id', 'progress', 'report', 'at'], (db, placeholder) =>
  sql`
    update imports set progress = ${placeholder('progress')}, report = ${placeholder('report')},
      updated_at = ${placeholder('at')}
    where id = ${placeholder('id')} and owner = ${OWNER} and state = 'importing'`.compile(db),
)

/** Of an import that is being written. */
export async function changeProgress(
  trx: Writing,
  id: string,
  progress: number,
  report: ImportReport,
): Promise<void> {
  const at = new Date().toISOString()
  await storeProgress(trx, { id, progress, report: JSON.stringify(report), at })
}

/** Returns false if there is none. */
export async function deleteImport(db: Database, id: string): Promise<boolean> {
  const result = await db.transaction((trx) =>
    trx.deleteFrom('imports').where('id', '=', id).where('owner', '=', OWNER).executeTakeFirst(),
  )
  return result.numDeletedRows > 0n
}

/** Ends the imports that were not started since. Returns their ids. */
export async function expireImports(
  db: Database,
  before: Date,
  problem: string,
): Promise<string[]> {
  const rows = await db.transaction((trx) =>
    trx
      .updateTable('imports')
      .set({ state: 'failed', problem, updated_at: new Date().toISOString() })
      .where('state', '=', 'ready')
      .where('updated_at', '<', before.toISOString())
      .returning('id')
      .execute(),
  )
  return rows.map(({ id }) => id)
}

/** Returns the ids of the imports whose upload is still needed. */
export async function idsWithUpload(db: Database): Promise<string[]> {
  const rows = await db.kysely
    .selectFrom('imports')
    .select('id')
    .where('state', 'in', ['reading', 'ready', 'importing'])
    .execute()
  return rows.map(({ id }) => id)
}

function toJob(row: ImportRow): ImportJob {
  return ImportJob.parse({
    id: row.id,
    fileName: row.file_name,
    bytes: row.bytes,
    state: row.state,
    source: row.source,
    preview: row.preview === null ? null : JSON.parse(row.preview),
    progress: row.progress,
    report: row.report === null ? null : JSON.parse(row.report),
    problem: row.problem,
    createdAt: row.created_at,
  })
}
