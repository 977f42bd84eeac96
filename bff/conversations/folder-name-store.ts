// The SQL for the names of folders: no two of them have the same one.
import { MAX_FOLDER_NAME_CHARS } from '#shared/limits.ts'
import type { Writing } from '../db/open.ts'
import { Problem } from '../http/problem.ts'
import { OWNER } from './conversation-store.ts'
import { t } from '#shared/translate.ts'

/** Throws if another folder has this name. A folder may keep the name that it has. */
export async function checkName(trx: Writing, name: string, id: string | null): Promise<void> {
  const named = await foldersNamed(trx, name)
  if (named.length === 0 || named.includes(id ?? '')) return
  throw new Problem('folder_exists', t`Another folder has this name: choose another name.`)
}

/** Numbers the name of a deleted folder if another folder has it by now. */
export async function freeName(trx: Writing, id: string): Promise<void> {
  const folder = await trx
    .selectFrom('folders')
    .select('name')
    .where('id', '=', id)
    .where('owner', '=', OWNER)
    .where('deleted_at', 'is not', null)
    .executeTakeFirst()
  if (folder === undefined) return
  let name = folder.name
  for (let number = 2; (await foldersNamed(trx, name)).length > 0; number += 1) {
    const ending = ` ${number}`
    name = folder.name.slice(0, MAX_FOLDER_NAME_CHARS - ending.length) + ending
  }
  await trx
    .updateTable('folders')
    .set({ name })
    .where('id', '=', id)
    .where('owner', '=', OWNER)
    .execute()
}

async function foldersNamed(trx: Writing, name: string): Promise<string[]> {
  const rows = await trx
    .selectFrom('folders')
    .select('id')
    .where('owner', '=', OWNER)
    .where('deleted_at', 'is', null)
    .where('name', '=', name)
    .execute()
  return rows.map(({ id }) => id)
}
