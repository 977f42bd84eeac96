// Context snapshots: for each answer, what the last request that the provider counted carried.
import { sql } from 'kysely'
import * as z from 'zod/mini'
import type { LeftOut } from '../upstream/agent-run.ts'
import type { Database, Writing } from '../db/open.ts'

export interface ContextSnapshot {
  messageId: string
  provider: string
  model: string
  inputTokens: number
  /** The last item of the branch that was sent. */
  lastSeq: number
  /** The length of instructions and tools in characters. */
  fixedChars: number
  /** The results that were left out, as [message id, call id]. */
  dropped: [string, string][]
  /** The tokens that were sent, estimated. Null: nothing was left out. */
  fittedTokens: number | null
  leftOut: Pick<LeftOut, 'messages' | 'results'>
  /** How much less it carried because of a summary. */
  summaryTokens: number
}

const Dropped = z.array(z.tuple([z.string(), z.string()]))

export async function writeSnapshot(trx: Writing, snapshot: ContextSnapshot): Promise<void> {
  const row = {
    message_id: snapshot.messageId,
    provider: snapshot.provider,
    model: snapshot.model,
    input_tokens: snapshot.inputTokens,
    last_seq: snapshot.lastSeq,
    fixed_chars: snapshot.fixedChars,
    dropped: JSON.stringify(snapshot.dropped),
    fitted_tokens: snapshot.fittedTokens,
    left_out_messages: snapshot.leftOut.messages,
    short_results: snapshot.leftOut.results,
    summary_tokens: snapshot.summaryTokens,
  }
  await trx
    .insertInto('context_marks')
    .values(row)
    .onConflict((conflict) => conflict.column('message_id').doUpdateSet(row))
    .execute()
}

/** Returns the snapshot of the newest of these messages that has one. */
export async function newestSnapshot(
  db: Database,
  messageIds: string[],
): Promise<ContextSnapshot | null> {
  const ids = JSON.stringify(messageIds)
  const row = await db.kysely
    .selectFrom('context_marks')
    .selectAll()
    .where('message_id', 'in', sql<string>`(select value from json_each(${ids}))`)
    .orderBy('last_seq', 'desc')
    .limit(1)
    .executeTakeFirst()
  if (row === undefined) return null
  return {
    messageId: row.message_id,
    provider: row.provider,
    model: row.model,
    inputTokens: row.input_tokens,
    lastSeq: row.last_seq,
    fixedChars: row.fixed_chars,
    dropped: Dropped.parse(JSON.parse(row.dropped)),
    fittedTokens: row.fitted_tokens,
    leftOut: { messages: row.left_out_messages, results: row.short_results },
    summaryTokens: row.summary_tokens,
  }
}

/** Returns the number of the conversation's last item. 0 if it has none. */
export async function lastSeqOf(db: Database, conversationId: string): Promise<number> {
  const row = await db.kysely
    .selectFrom('items')
    .select((of) => of.fn.max('seq').as('seq'))
    .where('conversation_id', '=', conversationId)
    .executeTakeFirst()
  return row?.seq ?? 0
}
