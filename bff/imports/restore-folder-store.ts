// A folder of Tally's own export: the one of the same name, or a new one.
import { CreateFolder } from '#shared/folders.ts'
import { MAX_FOLDERS } from '#shared/limits.ts'
import { OWNER } from '../conversations/conversation-store.ts'
import type { Writing } from '../db/open.ts'
import { v7 as uuid } from 'uuid'
import { field, idAt } from './json-fields.ts'

/**
 * Returns the id of the folder that a conversation was in. Null if it was in none, or if there are too many
 * here.
 */
export function restoreFolderOf(
  trx: Writing,
  conversation: object,
  at: string,
): Promise<string | null> {
  const folder = field(conversation, 'folder')
  return restoreFolder(trx, folder, idAt(conversation, 'folderId'), at)
}

/** Returns null if it is none, or if there are too many here. */
export async function restoreFolder(
  trx: Writing,
  folder: unknown,
  wantedId: string | null,
  at: string,
): Promise<string | null> {
  const exported = CreateFolder.safeParse(folder)
  if (!exported.success) return null
  const { name, instructions, agent, provider, model, budgetNanoUsd, budgetTokens } = exported.data
  const folders = await trx
    .selectFrom('folders')
    .select(['id', 'name'])
    .where('owner', '=', OWNER)
    .where('deleted_at', 'is', null)
    .execute()
  const known = folders.find((folder) => folder.name === name)
  if (known !== undefined) return known.id
  if (folders.length >= MAX_FOLDERS) return null
  const id = await freeId(trx, wantedId)
  await trx
    .insertInto('folders')
    .values({
      id,
      owner: OWNER,
      name,
      position: folders.length,
      instructions: instructions || null,
      agent: agent ?? null,
      provider: provider ?? null,
      model: model ?? null,
      limit_nano_usd: budgetNanoUsd ?? null,
      limit_tokens: budgetTokens ?? null,
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
