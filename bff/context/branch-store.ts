// Reads what the model sees of a branch: its items, from the first message to a given one.
import { sql } from 'kysely'
import * as z from 'zod/mini'
import { withoutResult } from '../runtime/history.ts'
import { userItem } from '../upstream/items.ts'
import type { Item } from '../upstream/types.ts'
import { isDamaged } from '../db/checksum.ts'
import type { Database } from '../db/open.ts'

/** More than fits into any model's context. */
const MAX_MESSAGES = 2000
const MESSAGES_PER_PAGE = 25

const StoredItem = z.record(z.string(), z.unknown())

export interface BranchItem {
  seq: number
  messageId: string
  /** The item as sent to the model. */
  item: Item
  /** The item as stored, including a result that the user dropped. */
  whole: Item
  dropped: boolean
  /** Null if not counted yet. */
  tokens: number | null
}

/** Returns the message ids from the start of the branch to `messageId`. */
export async function branchMessages(db: Database, messageId: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    with recursive branch (id, parent_id, depth) as (
      select id, parent_id, 1 from messages where id = ${messageId}
      union all
      select up.id, up.parent_id, depth + 1
      from branch join messages up on up.id = branch.parent_id
      where depth < ${sql.lit(MAX_MESSAGES)}
    )
    select id from branch order by depth desc`.execute(db.kysely)
  return rows.map(({ id }) => id)
}

/** Yields the items in pages, so that other work runs in between. */
export async function* itemPages(db: Database, messageIds: string[]): AsyncGenerator<BranchItem[]> {
  for (let from = 0; from < messageIds.length; from += MESSAGES_PER_PAGE) {
    const page = JSON.stringify(messageIds.slice(from, from + MESSAGES_PER_PAGE))
    const { rows } = await sql<{
      seq: number
      message_id: string
      item: string
      conversation_id: string
      checksum: number | null
      role: 'user' | 'assistant'
      tokens: number | null
      dropped: 0 | 1
    }>`
      select i.seq, i.message_id, i.item, i.conversation_id, i.checksum, m.role, t.tokens, exists (
        select 1 from tool_uses u
        where u.message_id = i.message_id and u.dropped_at is not null
          and u.call_id = case when json_valid(i.item)
            and i.item ->> 'type' = 'function_call_result' then i.item ->> 'callId' end
      ) as dropped
      from items i
      join messages m on m.id = i.message_id
      left join item_tokens t on t.conversation_id = i.conversation_id and t.seq = i.seq
      where i.message_id in (select value from json_each(${page}))
      order by i.seq`.execute(db.kysely)
    yield rows.flatMap((row) => {
      const { seq, message_id: messageId, tokens } = row
      const whole = isDamaged('items', row)
        ? inPlaceOf(db, row)
        : StoredItem.parse(JSON.parse(row.item))
      if (whole === null) return []
      const dropped = row.dropped === 1
      return {
        seq,
        messageId,
        item: dropped ? withoutResult(whole) : whole,
        whole,
        dropped,
        tokens,
      }
    })
  }
}

/** Replaces a damaged item, which is never sent: a placeholder for a question, null for the rest. */
function inPlaceOf(
  { damage }: Database,
  row: { conversation_id: string; seq: number; message_id: string; role: 'user' | 'assistant' },
): Item | null {
  const key = `${row.conversation_id}/${row.seq}`
  damage.reportRow({ table: 'items', key, messageId: row.message_id })
  return row.role === 'user'
    ? userItem('[This message was damaged in storage and is left out.]')
    : null
}
