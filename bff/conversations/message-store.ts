// Reads the messages of a branch from its end upwards, in pages limited by count and size.
import { type Selectable, sql } from 'kysely'
import * as z from 'zod/mini'
import type { BranchMessage } from '#shared/api.ts'
import { NO_CALLS, Totals } from '#shared/ledger.ts'
import { MessagePart } from '#shared/message.ts'
import { isWithheld } from '#shared/message-text.ts'
import { isDamaged } from '../db/checksum.ts'
import type { Damage } from '../db/damage.ts'
import type { Database } from '../db/open.ts'
import { prepared } from '../db/prepared.ts'
import type { MessagesTable } from '../db/schema.ts'
import { t } from '#shared/translate.ts'

export const PAGE_MESSAGES = 50
/** A single longer message still comes with the one before it. */
const MAX_PAGE_BYTES = 1_000_000
const MAX_SIBLINGS = 200

/** `sibling_ids`, `dropped` and `summary_id` are null for most messages, which have none. */
export type MessageRow = Omit<Selectable<MessagesTable>, 'number' | 'deletion_id'> & {
  sibling_ids: string | null
  dropped: string | null
  summary_id: string | null
}

const Parts = z.array(MessagePart)
const Ids = z.array(z.string())

const branch = prepared(['leaf', 'conversation'], (db, placeholder) =>
  sql<MessageRow>`
    with recursive branch (number, parent_id, depth, bytes) as (
      select number, parent_id, 1, octet_length(parts) from messages
      where id = ${placeholder('leaf')} and conversation_id = ${placeholder('conversation')}
      union all
      select up.number, up.parent_id, depth + 1, bytes + octet_length(up.parts)
      from branch join messages up on up.id = branch.parent_id
      where depth < ${sql.lit(PAGE_MESSAGES)}
        and (depth = 1 or bytes + octet_length(up.parts) <= ${sql.lit(MAX_PAGE_BYTES)})
    )
    select m.id, m.conversation_id, m.parent_id, m.role, m.status, m.parts, m.created_at, m.run_id,
      m.agent, m.provider, m.model, m.totals, m.checksum, case when exists (
        select 1 from messages s
        where s.conversation_id = m.conversation_id and s.parent_id is m.parent_id and s.id <> m.id
          and s.deletion_id is null
      ) then (
        select json_group_array(id) from (
          select s.id from messages s
          where s.conversation_id = m.conversation_id and s.parent_id is m.parent_id
            and s.deletion_id is null
          order by s.id limit ${sql.lit(MAX_SIBLINGS)}
        )
      ) end as sibling_ids, case when exists (
        select 1 from tool_uses u where u.message_id = m.id and u.dropped_at is not null
      ) then (
        select json_group_array(u.call_id) from tool_uses u
        where u.message_id = m.id and u.dropped_at is not null
      ) end as dropped, (
        select s.id from summaries s
        where s.message_id = m.id and s.undone_at is null order by s.id desc limit 1
      ) as summary_id
    from branch join messages m on m.number = branch.number
    order by branch.depth desc`.compile(db),
)

/** Returns the page that ends with `leafId`, oldest first. */
export async function branchUpFrom(
  db: Database,
  conversationId: string,
  leafId: string,
): Promise<BranchMessage[]> {
  const rows = await branch(db.kysely, { leaf: leafId, conversation: conversationId })
  return rows.map((row) => toMessage(row, db.damage))
}

/** Returns the parent of a message, where the next page ends. Undefined if the message is missing. */
export async function parentOf(
  db: Database,
  conversationId: string,
  messageId: string,
): Promise<string | null | undefined> {
  const row = await db.kysely
    .selectFrom('messages')
    .select('parent_id')
    .where('id', '=', messageId)
    .where('conversation_id', '=', conversationId)
    .executeTakeFirst()
  return row?.parent_id
}

/** Reports a damaged row, and says so in the message. */
export function toMessage(row: MessageRow, damage: Damage): BranchMessage {
  const parts = readable(Parts, row.parts)
  const totals = row.totals === null ? null : readable(Totals, row.totals)
  const isChanged = parts === undefined || isDamaged('messages', row)
  if (isChanged || totals === undefined) {
    damage.reportRow({ table: 'messages', key: row.id, messageId: isChanged ? row.id : null })
  }
  const isMarked = damage.concerns(row.id)
  const sentences: string[] = []
  if (isMarked) sentences.push(isChanged ? changed() : notSent())
  if (totals === undefined) sentences.push(costUnreadable())
  const notices = sentences.map((text): MessagePart => {
    return { type: 'notice', kind: 'damaged', text, at: row.created_at }
  })
  const shown = [...notices, ...(parts ?? [])]
  const message = readMessage(row, shown, totals === undefined ? UNKNOWN_TOTALS : totals)
  return isMarked ? { ...message, damaged: true } : message
}

const changed = () =>
  t`This message was changed or damaged in storage: it may not be what was said. Restore a backup to get it back.`
const notSent = () =>
  t`What the model is sent of this message was changed or damaged in storage, so it is left out. Restore a backup to get it back.`
const costUnreadable = () =>
  t`The cost of this message was damaged in storage. Its receipt still shows what each request cost.`

/** Its calls are in the ledger, but not how many they were. */
const UNKNOWN_TOTALS: Totals = {
  ...NO_CALLS,
  calls: 1,
  costNanoUsd: null,
  certainty: 'unknown',
  unpricedCalls: 1,
}

/** Returns undefined if the JSON cannot be read. Totals have no checksum that would tell. */
function readable<Schema extends z.core.$ZodType>(
  schema: Schema,
  json: string,
): z.core.output<Schema> | undefined {
  try {
    return z.parse(schema, JSON.parse(json))
  } catch {
    return undefined
  }
}

/** Returns the parts of a message, or none if they cannot be read. */
export function readableParts(json: string): MessagePart[] {
  return readable(Parts, json) ?? []
}

/** Totals that cannot be read are unknown: they are sums of rows that the ledger still has. */
export function readableTotals(json: string | null): Totals | null {
  return json === null ? null : (readable(Totals, json) ?? UNKNOWN_TOTALS)
}

function readMessage(row: MessageRow, parts: MessagePart[], totals: Totals | null): BranchMessage {
  return {
    id: row.id,
    conversationId: row.conversation_id,
    parentId: row.parent_id,
    role: row.role,
    status: row.status,
    ...(isWithheld(parts) && { withheld: true as const }),
    parts: withDropped(row, parts),
    createdAt: row.created_at,
    runId: row.run_id,
    agent: row.agent,
    provider: row.provider,
    model: row.model,
    totals,
    ...(row.summary_id !== null && { summaryId: row.summary_id }),
    siblingIds: row.sibling_ids === null ? [row.id] : Ids.parse(JSON.parse(row.sibling_ids)),
  }
}

/** Marks tool calls whose result the user dropped. */
function withDropped(row: MessageRow, parts: MessagePart[]): MessagePart[] {
  if (row.dropped === null) return parts
  const dropped = Ids.parse(JSON.parse(row.dropped))
  return parts.map((part) =>
    part.type === 'tool_call' && dropped.includes(part.callId) ? { ...part, dropped: true } : part,
  )
}
