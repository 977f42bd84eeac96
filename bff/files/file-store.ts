// The SQL for attached files. Which messages use a file follows from their parts, by triggers.
import { type Selectable, sql } from 'kysely'
import * as z from 'zod/mini'
import { FileInfo } from '#shared/files.ts'
import { OWNER } from '../conversations/conversation-store.ts'
import type { Database, Writing } from '../db/open.ts'
import type { FilesTable } from '../db/schema-files.ts'

export interface StoredFile extends FileInfo {
  hash: string
}

/** What the content tells besides its type and size. */
export const FileFacts = z.pick(FileInfo, {
  pages: true,
  tokens: true,
  pageTokens: true,
  width: true,
  height: true,
})
export type FileFacts = z.infer<typeof FileFacts>

export async function insertFile(db: Database, file: StoredFile, at: string): Promise<void> {
  const { id, hash, name, type, size, ...facts } = file
  await db.transaction((trx) =>
    trx
      .insertInto('files')
      .values({
        id,
        owner: OWNER,
        hash,
        name,
        type,
        size,
        facts: JSON.stringify(facts),
        created_at: at,
      })
      // Its bytes were missing and are back.
      .onConflict((conflict) => conflict.doNothing())
      .execute(),
  )
}

export async function findFile(db: Database, id: string): Promise<StoredFile | null> {
  const row = await db.kysely
    .selectFrom('files')
    .selectAll()
    .where('id', '=', id)
    .where('owner', '=', OWNER)
    .executeTakeFirst()
  return row === undefined ? null : toFile(row)
}

/** Returns one of the files with these bytes. */
export async function findFileByHash(db: Database, hash: string): Promise<StoredFile | null> {
  const row = await db.kysely
    .selectFrom('files')
    .selectAll()
    .where('hash', '=', hash)
    .where('owner', '=', OWNER)
    .limit(1)
    .executeTakeFirst()
  return row === undefined ? null : toFile(row)
}

/** Returns the files that the messages of a conversation use, of all branches. */
export async function filesOf(db: Database, conversationId: string): Promise<StoredFile[]> {
  const rows = await db.kysely
    .selectFrom('files')
    .selectAll()
    .where('owner', '=', OWNER)
    .where('id', 'in', (query) =>
      query
        .selectFrom('file_uses')
        .innerJoin('messages', 'messages.id', 'file_uses.message_id')
        .select('file_uses.file_id')
        .where('messages.conversation_id', '=', conversationId),
    )
    .orderBy('id')
    .execute()
  return rows.map(toFile)
}

/** Returns what the files take on the disk, each counted once. */
export async function bytesOfFiles(db: Database): Promise<number> {
  const row = await db.kysely
    .selectFrom((from) =>
      from
        .selectFrom('files')
        .select(['hash', 'size'])
        .where('owner', '=', OWNER)
        .distinct()
        .as('stored'),
    )
    .select(({ fn }) => fn.sum<number | null>('size').as('bytes'))
    .executeTakeFirstOrThrow()
  return row.bytes ?? 0
}

/** Messages of the conversation that were here before the file use it from now on. */
export async function linkFile(trx: Writing, conversationId: string, id: string): Promise<void> {
  await sql`
    insert or ignore into file_uses (file_id, message_id)
    select files.id, messages.id from messages, files
    where conversation_id = ${conversationId} and instr(parts, ${`"fileId":"${id}"`}) > 0
      and files.id = ${id} and files.owner = ${OWNER}`.execute(trx)
}

const FILES_AT_ONCE = 100

/** No message has it, sent or in a queue. */
const isUnused = sql<boolean>`
  not exists (select 1 from file_uses where file_id = files.id)
  and not exists (
    select 1 from queued_messages, json_each(queued_messages.choice, '$.files') part
    where queued_messages.left_at is null and part.value ->> 'id' = files.id
  )`

/** Returns files that no message uses: any more, or since before this time. */
export async function unusedFiles(db: Database, before: string): Promise<StoredFile[]> {
  const rows = await db.kysely
    .selectFrom('files')
    .selectAll()
    .where(isUnused)
    .where((or) => or.or([or('was_used', '=', 1), or('created_at', '<', before)]))
    .limit(FILES_AT_ONCE)
    .execute()
  return rows.map(toFile)
}

/** Returns whether it was deleted: a message may use it by now. */
export async function deleteUnusedFile(db: Database, id: string): Promise<boolean> {
  const result = await db.transaction((trx) =>
    trx.deleteFrom('files').where('id', '=', id).where(isUnused).executeTakeFirst(),
  )
  return result.numDeletedRows > 0n
}

export async function isHashInUse(db: Database, hash: string): Promise<boolean> {
  const row = await db.kysely
    .selectFrom('files')
    .select('id')
    .where('hash', '=', hash)
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

function toFile({ id, hash, name, type, size, facts }: Selectable<FilesTable>): StoredFile {
  const known = FileFacts.parse(JSON.parse(facts))
  return { ...FileInfo.parse({ id, name, type, size, ...known }), hash }
}
