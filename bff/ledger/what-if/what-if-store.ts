// Reads the requests of a conversation for comparison: their counts and what was billed.
import type { ModelCall } from '#shared/ledger.ts'
import type { Database } from '../../db/open.ts'

/** A request with both counts. A refused request has none. */
export interface ComparedCall extends Pick<
  ModelCall,
  | 'provider'
  | 'modelRequested'
  | 'modelReturned'
  | 'startedAt'
  | 'durationMs'
  | 'cachedInputTokens'
  | 'cacheWriteTokens'
  | 'reasoningTokens'
  | 'costNanoUsd'
  | 'certainty'
> {
  inputTokens: number
  outputTokens: number
}

export interface Compared {
  calls: ComparedCall[]
  uncounted: number
  older: number
}

/** The newest `most` billed requests. Null if the conversation does not exist. */
export async function callsToCompare(
  db: Database,
  conversationId: string,
  most: number,
): Promise<Compared | null> {
  const conversation = await db.kysely
    .selectFrom('conversations')
    .leftJoin('conversation_totals as sums', (join) =>
      join.onRef('sums.conversation_id', '=', 'conversations.id').on('sums.demo', '=', 0),
    )
    .select('sums.calls')
    .where('conversations.id', '=', conversationId)
    .where('deleted_at', 'is', null)
    .executeTakeFirst()
  if (conversation === undefined) return null
  const rows = await db.kysely
    .selectFrom('model_calls')
    .select([
      'provider',
      'model_requested as modelRequested',
      'model_returned as modelReturned',
      'started_at as startedAt',
      'duration_ms as durationMs',
      'input_tokens as inputTokens',
      'cached_input_tokens as cachedInputTokens',
      'cache_write_tokens as cacheWriteTokens',
      'output_tokens as outputTokens',
      'reasoning_tokens as reasoningTokens',
      'cost_nano_usd as costNanoUsd',
      'certainty',
      'price_id as priceId',
    ])
    .where('conversation_id', '=', conversationId)
    .where('demo', '=', 0)
    .orderBy('started_at', 'desc')
    .limit(most)
    .execute()
  const asked = rows.filter(({ priceId }) => priceId !== 'refused')
  const calls = asked.flatMap(({ inputTokens, outputTokens, ...call }) =>
    inputTokens === null || outputTokens === null ? [] : [{ ...call, inputTokens, outputTokens }],
  )
  return {
    calls,
    uncounted: asked.length - calls.length,
    older: (conversation.calls ?? 0) - rows.length,
  }
}
