// The cost of a conversation: the selected branch, other branches, deleted messages and the rest.
import { sql } from 'kysely'
import * as z from 'zod/mini'
import type { ConversationBilled } from '#shared/billed.ts'
import { addTotals, NO_CALLS, withoutDemoFigure } from '#shared/add-totals.ts'
import { billedOrDemo } from '../db/billed-or-demo.ts'
import type { Database } from '../db/open.ts'
import { callAsTotals, summed, toTotals } from '../ledger/sums/total-store.ts'

const Part = z.enum(['branch', 'otherBranches', 'deleted', 'other'])
const PartRow = z.looseObject({ part: Part })

/** `branch` holds the message ids of the selected branch. */
export async function readBilled(
  db: Database,
  conversationId: string,
  branch: string[],
): Promise<ConversationBilled> {
  const rows = sql`model_calls where conversation_id = ${conversationId}`
  const found = await sql`
    select case
        when run_id is null then 'other'
        when message_id is null then 'deleted'
        when message_id in (select value from json_each(${JSON.stringify(branch)})) then 'branch'
        else 'otherBranches' end as part, ${summed}
    from (
      select model_calls.run_id, messages.id as message_id, ${callAsTotals}
      from model_calls left join runs on runs.id = model_calls.run_id
        left join messages on messages.id = runs.message_id and messages.deletion_id is null
      where model_calls.conversation_id = ${conversationId} and ${billedOrDemo(rows)}
    )
    group by part`.execute(db.kysely)
  const billed: ConversationBilled = {
    branch: NO_CALLS,
    otherBranches: NO_CALLS,
    deleted: NO_CALLS,
    other: NO_CALLS,
    all: NO_CALLS,
  }
  for (const row of found.rows) {
    const { part, ...sums } = PartRow.parse(row)
    billed[part] = toTotals(sums)
    billed.all = addTotals(billed.all, billed[part])
  }
  const beforeBranching = await readBeforeBranching(db, conversationId)
  return {
    ...(beforeBranching && { beforeBranching }),
    branch: withoutDemoFigure(billed.branch),
    otherBranches: withoutDemoFigure(billed.otherBranches),
    deleted: withoutDemoFigure(billed.deleted),
    other: withoutDemoFigure(billed.other),
    all: withoutDemoFigure(billed.all),
  }
}

/** Null if it is no copy of a branch. */
async function readBeforeBranching(
  { kysely }: Database,
  conversationId: string,
): Promise<NonNullable<ConversationBilled['beforeBranching']> | null> {
  const from = await kysely
    .selectFrom('conversations')
    .leftJoin('conversations as original', (join) =>
      join
        .onRef('original.id', '=', 'conversations.branched_from')
        .on('original.deleted_at', 'is', null),
    )
    .select(['conversations.branched_from', 'original.title'])
    .where('conversations.id', '=', conversationId)
    .executeTakeFirst()
  if (from?.branched_from == null) return null
  const copied = sql`model_calls where run_id in (
    select copy_of from runs where conversation_id = ${conversationId} and copy_of is not null)`
  const found = await sql`
    select ${summed} from (select ${callAsTotals} from ${copied} and ${billedOrDemo(copied)})`.execute(
    kysely,
  )
  const totals = withoutDemoFigure(toTotals(found.rows[0]))
  return { conversationId: from.branched_from, title: from.title, totals }
}
