// Reads what the log still has of the request that was running when the process died.
import { type Selectable, sql } from 'kysely'
import { ConversationSettings } from '#shared/api.ts'
import type { RunEvent } from '#shared/run-event.ts'
import { decodeEvent } from '#shared/sse.ts'
import { isDamaged } from '../db/checksum.ts'
import type { Database } from '../db/open.ts'
import type { RunEventsTable } from '../db/schema.ts'

type EventRow = Selectable<RunEventsTable>

/** Every request that had ended has a `usage` event. */
export async function eventsOfLastRequest(db: Database, runId: string): Promise<RunEvent[]> {
  const { rows } = await sql<EventRow>`
    select run_id, seq, type, data, checksum from run_events
    where run_id = ${runId} and type in ('token', 'reasoning', 'tool_call')
      and seq > (
        select coalesce(max(seq), 0) from run_events where run_id = ${runId} and type = 'usage'
      )
    order by seq`.execute(db.kysely)
  return rows
    .filter((row) => !isDamaged('run_events', row))
    .map(({ type, data }) => decodeEvent(type, data))
}

/** Returns null if the conversation is deleted. */
export async function settingsOf(
  db: Database,
  conversationId: string,
): Promise<ConversationSettings | null> {
  const row = await db.kysely
    .selectFrom('conversations')
    .leftJoin('folders', 'folders.id', 'conversations.folder_id')
    .select(['conversations.settings', 'folders.instructions'])
    .where('conversations.id', '=', conversationId)
    .executeTakeFirst()
  if (row === undefined) return null
  const settings = ConversationSettings.parse(JSON.parse(row.settings))
  return { ...(row.instructions !== null && { instructions: row.instructions }), ...settings }
}
