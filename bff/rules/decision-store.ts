// The SQL for what people decided about the calls of a tool.
import { sql } from 'kysely'
import * as z from 'zod/mini'
import { PastDecision } from '#shared/rules.ts'
import { OWNER } from '../conversations/conversation-store.ts'
import type { Database } from '../db/open.ts'

export type Decided = Omit<PastDecision, 'reason'>

const PAGE = 100
/** More is not read for a preview. */
const MAX_DECISIONS = 2000

const Kind = PastDecision.shape.decision
const DecidedRow = z.object({ decision: Kind })
const AskedRow = z.object({ arguments: z.string() })

/** Reads decisions in portions, newest first, without those that expired or were made elsewhere. */
export async function* decisionsAbout(
  db: Database,
  { agent, tool }: { agent: string; tool: string },
): AsyncGenerator<Decided[]> {
  let before: string | null = null
  for (let read = 0; read < MAX_DECISIONS; read += PAGE) {
    const page: Decided[] = await selectPage(db, agent, tool, before)
    if (page.length > 0) yield page
    if (page.length < PAGE) return
    before = page.at(-1)?.waitId ?? null
  }
}

async function selectPage(db: Database, agent: string, tool: string, before: string | null) {
  const rows = await db.kysely
    .selectFrom('waits')
    .innerJoin('conversations', 'conversations.id', 'waits.conversation_id')
    .select(['waits.id', 'waits.conversation_id', 'waits.request', 'waits.decision'])
    .select(['waits.decided_at', 'conversations.title'])
    .where('waits.owner', '=', OWNER)
    .where('waits.kind', '=', 'approval')
    .where('waits.tool', '=', tool)
    .where('waits.agent', '=', agent)
    .where('waits.decided_at', 'is not', null)
    .where('waits.imported', '=', 0)
    .where(sql<string>`waits.decision ->> 'decision'`, 'in', Kind.options)
    .where('conversations.deleted_at', 'is', null)
    .where('conversations.temporary', '=', sql.lit(0))
    .$if(before !== null, (query) => query.where('waits.id', '<', before ?? ''))
    .orderBy('waits.id', 'desc')
    .limit(PAGE)
    .execute()
  return rows.map((row): Decided => ({
    waitId: row.id,
    tool,
    agent,
    arguments: AskedRow.parse(JSON.parse(row.request)).arguments,
    decision: DecidedRow.parse(JSON.parse(row.decision ?? '')).decision,
    decidedAt: row.decided_at ?? '',
    conversationId: row.conversation_id,
    conversationTitle: row.title,
  }))
}

export interface OpenApproval {
  conversationId: string
  agent: string
  tool: string
}

/** Returns null if there is none, or it is decided. */
export async function findOpenApproval(db: Database, waitId: string): Promise<OpenApproval | null> {
  const row = await db.kysely
    .selectFrom('waits')
    .select(['conversation_id', 'agent', 'tool'])
    .where('id', '=', waitId)
    .where('owner', '=', OWNER)
    .where('kind', '=', 'approval')
    .where('decided_at', 'is', null)
    .executeTakeFirst()
  const { agent = null, tool = null } = row ?? {}
  if (row === undefined || agent === null || tool === null) return null
  return { conversationId: row.conversation_id, agent, tool }
}
