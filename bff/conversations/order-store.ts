// The SQL of what keeps conversations in order: pinned, archived, in a folder, unread, deleted. None of it
// moves a conversation in the list.
import { type Kysely, sql } from 'kysely'
import type { BulkChange, UpdateConversation } from '#shared/api.ts'
import type { Writing } from '../db/open.ts'
import type { Schema } from '../db/schema.ts'
import { OWNER } from './conversation-store.ts'
import { checkFolder } from './folder-store.ts'

export interface OrderRow {
  id: string
  pinned: boolean
  archived: boolean
  unread: boolean
  deleted: boolean
  folderId: string | null
}

/** Older than any message: the conversation is unread. */
const NEVER = '1970-01-01T00:00:00.000Z'

type OrderChange = Pick<UpdateConversation, 'pinned' | 'archived' | 'folderId' | 'unread'>

export function changesOrder({ pinned, archived, folderId }: OrderChange): boolean {
  return pinned === true || archived === true || typeof folderId === 'string'
}

/** Returns the columns that such a change sets. Throws if there is no such folder. */
export async function orderColumns(
  trx: Kysely<Schema>,
  { pinned, archived, folderId, unread }: OrderChange,
  at: string,
) {
  if (typeof folderId === 'string') await checkFolder(trx, folderId)
  return {
    ...(pinned !== undefined && { pinned_at: pinned ? at : null }),
    ...(archived !== undefined && { archived_at: archived ? at : null }),
    ...(folderId !== undefined && { folder_id: folderId }),
    ...(unread !== undefined && { read_at: unread ? NEVER : sql<string>`updated_at` }),
  }
}

export async function changeOrder(
  trx: Writing,
  id: string,
  { deleted, ...change }: BulkChange['change'],
  at: string,
): Promise<void> {
  const columns = await orderColumns(trx, change, at)
  await trx
    .updateTable('conversations')
    .set({ ...columns, ...(deleted !== undefined && { deleted_at: deleted ? at : null }) })
    .where('id', '=', id)
    .where('owner', '=', OWNER)
    .execute()
}

/** Also deleted ones, as long as they can be restored. */
export async function orderRows(trx: Kysely<Schema>, ids: string[]): Promise<OrderRow[]> {
  const rows = await trx
    .selectFrom('conversations')
    .leftJoin('folders', (join) =>
      join.onRef('folders.id', '=', 'conversations.folder_id').on('folders.deleted_at', 'is', null),
    )
    .select([
      'conversations.id',
      'conversations.pinned_at',
      'conversations.archived_at',
      'conversations.deleted_at',
      'folders.id as folder_id',
    ])
    .select(sql<0 | 1 | null>`conversations.read_at < conversations.updated_at`.as('is_newer'))
    .where('conversations.id', 'in', ids)
    .where('conversations.owner', '=', OWNER)
    .where('conversations.temporary', '=', sql.lit(0))
    .execute()
  return rows.map((row) => ({
    id: row.id,
    pinned: row.pinned_at !== null,
    archived: row.archived_at !== null,
    unread: row.is_newer === 1,
    deleted: row.deleted_at !== null,
    folderId: row.folder_id,
  }))
}
