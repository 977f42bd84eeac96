// The SQL for pages of the list of conversations.
import { type RawBuilder, sql } from 'kysely'
import type { ConversationSummary } from '#shared/api.ts'
import type { Database } from '../db/open.ts'
import { toSummary, withSums } from './conversation-store.ts'
import type { PagePosition } from './cursor.ts'

export interface ListFilter {
  archived: boolean
  /** `none`: those in no folder, and pinned ones. */
  folder: string | undefined
  /** Whether pinned ones come first. */
  pinnedFirst: boolean
}

const isNotPinned = sql<0 | 1>`(conversations.pinned_at is null)`

/** Newest first, after the cursor. Returns `limit` + 1 rows if there are more. */
export async function listConversations(
  db: Database,
  { archived, folder, pinnedFirst }: ListFilter,
  after: PagePosition | null,
  limit: number,
): Promise<ConversationSummary[]> {
  let query = withSums(db.kysely)
    .where('conversations.archived_at', archived ? 'is not' : 'is', null)
    .where('conversations.temporary', '=', sql.lit(0))
  if (folder === 'none') {
    query = query.where(sql<boolean>`(folders.id is null or conversations.pinned_at is not null)`)
  } else if (folder !== undefined) {
    query = query.where('conversations.folder_id', '=', folder)
  }
  if (after !== null) {
    const isBelow = sql<boolean>`(conversations.updated_at, conversations.id) < (${after.updatedAt}, ${after.id})`
    query = query.where(pinnedFirst ? belowPinnedFirst(after, isBelow) : isBelow)
  }
  if (pinnedFirst) query = query.orderBy(isNotPinned)
  const rows = await query
    .orderBy('conversations.updated_at', 'desc')
    .orderBy('conversations.id', 'desc')
    .limit(limit)
    .execute()
  return rows.map(toSummary)
}

/** Below the pinned ones it is a range of the index, which a page far down needs. */
function belowPinnedFirst({ notPinned }: PagePosition, isBelow: RawBuilder<boolean>) {
  return notPinned === 1
    ? sql<boolean>`(${isNotPinned} = 1 and ${isBelow})`
    : sql<boolean>`(${isNotPinned} = 1 or ${isBelow})`
}
