// The folder of a conversation of Tally's own export: the one of the same name, or a new one.
import * as z from 'zod/mini'
import { CreateFolder } from '#shared/folders.ts'
import { MAX_FOLDERS } from '#shared/limits.ts'
import { OWNER } from '../conversations/conversation-store.ts'
import type { Writing } from '../db/open.ts'
import { v7 as uuid } from 'uuid'
import { field, idAt } from './json-fields.ts'

const FolderFields = z.pick(CreateFolder, { name: true, instructions: true })

/** Returns null if it was in no folder, or if there are too many here. */
export async function restoreFolder(
  trx: Writing,
  conversation: object,
  at: string,
): Promise<string | null> {
  const exported = FolderFields.safeParse(field(conversation, 'folder'))
  if (!exported.success) return null
  const { name, instructions } = exported.data
  const folders = await trx
    .selectFrom('folders')
    .select(['id', 'name'])
    .where('owner', '=', OWNER)
    .where('deleted_at', 'is', null)
    .execute()
  const known = folders.find((folder) => folder.name === name)
  if (known !== undefined) return known.id
  if (folders.length >= MAX_FOLDERS) return null
  const id = await freeId(trx, idAt(conversation, 'folderId'))
  await trx
    .insertInto('folders')
    .values({
      id,
      owner: OWNER,
      name,
      position: folders.length,
      instructions: instructions || null,
      agent: null,
      provider: null,
      model: null,
      limit_nano_usd: null,
      limit_tokens: null,
      created_at: at,
    })
    .execute()
  return id
}

/** Its own id, unless it belongs to a folder that was deleted or renamed here. */
async function freeId(trx: Writing, wanted: string | null): Promise<string> {
  if (wanted === null) return uuid()
  const taken = await trx
    .selectFrom('folders')
    .select('id')
    .where('id', '=', wanted)
    .executeTakeFirst()
  return taken === undefined ? wanted : uuid()
}
