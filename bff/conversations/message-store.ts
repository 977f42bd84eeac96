// Reads the messages of a branch from its end upwards, in pages limited by count and size.
import { type Selectable, sql } from 'kysely'
import * as z from 'zod/mini'
import type { BranchMessage } from '#shared/api.ts'
import { Totals } from '#shared/ledger.ts'
import { MessagePart } from '#shared/message.ts'
import { isDamaged } from '../db/checksum.ts'
import type { Damage } from '../db/damage.ts'
import type { Database } from '../db/open.ts'
import { prepared } from '../db/prepared.ts'
import type { MessagesTable } from '../db/schema.ts'

export const PAGE_MESSAGES = 50
/** A single longer message still comes with the one before it. */
const MAX_PAGE_BYTES = 1_000_000
const MAX_SIBLINGS = 200

/** `sibling_ids`, `dropped` and `summary_id` are null for most messages, which have none. */
type Row = Omit<Selectable<MessagesTable>, 'number'> & {
  sibling_ids: string | null
  dropped: string | null
  summary_id: string | null
}

const Parts = z.array(MessagePart)
const Ids = z.array(z.string())

const branch = prepared(['leaf', 'conversation'], (db, placeholder) =>
  sql<Row>`
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
      ) then (
        select json_group_array(id) from (
          select s.id from messages s
          where s.conversation_id = m.conversation_id and s.parent_id is m.parent_id
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

function toMessage(row: Row, damage: Damage): BranchMessage {
  if (isDamaged('messages', row)) {
    damage.reportRow({ table: 'messages', key: row.id, messageId: row.id })
  }
  if (!damage.concerns(row.id)) return readMessage(row, readParts(row.parts))
  const message = readMessage(row, readableParts(row.parts))
  const text = isDamaged('messages', row) ? CHANGED : NOT_SENT
  const notice: MessagePart = { type: 'notice', kind: 'damaged', text, at: message.createdAt }
  return { ...message, parts: [notice, ...message.parts], damaged: true }
}

const CHANGED =
  'This message was changed or damaged in storage: it may not be what was said. Restore a backup to get it back.'
const NOT_SENT =
  'What the model is sent of this message was changed or damaged in storage, so it is left out. Restore a backup to get it back.'

function readParts(json: string): MessagePart[] {
  return Parts.parse(JSON.parse(json))
}

/** Returns the parts of a damaged message, or none if they cannot be parsed. */
export function readableParts(json: string): MessagePart[] {
  try {
    return readParts(json)
  } catch {
    return []
  }
}

function readMessage(row: Row, parts: MessagePart[]): BranchMessage {
  return {
    id: row.id,
    conversationId: row.conversation_id,
    parentId: row.parent_id,
    role: row.role,
    status: row.status,
    parts: row.dropped === null ? parts : marked(parts, Ids.parse(JSON.parse(row.dropped))),
    createdAt: row.created_at,
    runId: row.run_id,
    agent: row.agent,
    provider: row.provider,
    model: row.model,
    totals: row.totals === null ? null : Totals.parse(JSON.parse(row.totals)),
    ...(row.summary_id !== null && { summaryId: row.summary_id }),
    siblingIds: row.sibling_ids === null ? [row.id] : Ids.parse(JSON.parse(row.sibling_ids)),
  }
}

/** Marks tool calls whose result the user dropped. */
function marked(parts: MessagePart[], dropped: string[]): MessagePart[] {
  return parts.map((part) =>
    part.type === 'tool_call' && dropped.includes(part.callId) ? { ...part, dropped: true } : part,
  )
}
