// Stores the token counts of items.
import { sql } from 'kysely'
import type { Database } from '../db/open.ts'

export interface CountedItem {
  seq: number
  tokens: number
}

/** Skips items that were deleted in the meantime. */
export async function rememberTokens(
  db: Database,
  conversationId: string,
  counted: CountedItem[],
): Promise<void> {
  const rows = JSON.stringify(counted.map(({ seq, tokens }) => [seq, tokens]))
  await db.transaction(async (trx) => {
    await sql`
      insert or ignore into item_tokens (conversation_id, seq, tokens)
      select i.conversation_id, i.seq, json_each.value ->> 1
      from json_each(${rows})
      -- In this order: the planner would go through all items, and through the rows for each of them.
      cross join items i on i.conversation_id = ${conversationId} and i.seq = json_each.value ->> 0`.execute(
      trx,
    )
  })
}
