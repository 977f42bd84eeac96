// Reads the chat requests of a conversation with the cached tokens their provider reported.
import { sql } from 'kysely'
import { billedOrDemo } from '../../db/billed-or-demo.ts'
import type { Database } from '../../db/open.ts'
import { type Reuse, toReuse } from './prefix-store.ts'

export interface CachedCall {
  inputTokens: number
  cachedInputTokens: number
  reuse: Reuse | undefined
}

/** The newest `most` requests that report cached tokens. Null if the conversation does not exist. */
export async function cachedCalls(
  db: Database,
  conversationId: string,
  most: number,
): Promise<CachedCall[] | null> {
  const conversation = await db.kysely
    .selectFrom('conversations')
    .select('id')
    .where('id', '=', conversationId)
    .where('deleted_at', 'is', null)
    .executeTakeFirst()
  if (conversation === undefined) return null
  const rows = await db.kysely
    .selectFrom('model_calls as calls')
    .leftJoin('call_reuse as reuse', 'reuse.call_id', 'calls.id')
    .select([
      'calls.input_tokens as inputTokens',
      'calls.cached_input_tokens as cachedInputTokens',
      'reuse.call_id',
      'reuse.change',
      'reuse.changed_number',
      'reuse.gap_ms',
      'reuse.previous_tokens',
      'reuse.common_tokens',
    ])
    .where('calls.conversation_id', '=', conversationId)
    .where(billedOrDemo(sql`model_calls where conversation_id = ${conversationId}`))
    .where('calls.purpose', '=', 'chat')
    .where('calls.cached_input_tokens', 'is not', null)
    .orderBy('calls.started_at', 'desc')
    .limit(most)
    .execute()
  return rows.flatMap(({ inputTokens, cachedInputTokens, call_id, ...reuse }) =>
    inputTokens === null || cachedInputTokens === null
      ? []
      : [{ inputTokens, cachedInputTokens, reuse: call_id === null ? undefined : toReuse(reuse) }],
  )
}
