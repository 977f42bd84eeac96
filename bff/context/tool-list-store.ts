// The SQL for the uses of one tool in a period, newest or most expensive first.
import { sql } from 'kysely'
import type { Database } from '../db/open.ts'
import { ALWAYS, type Period, touchedDays } from '../ledger/sums/period.ts'
import type { ToolUseRow } from './tool-use-store.ts'

const OWNER = 'local'

/** The last use of the previous page. */
export type UseCursor =
  | { order: 'newest'; at: string; id: number }
  | { order: 'dearest'; costNanoUsd: number; id: number }

export interface Wanted extends Period {
  tool: string
  isDemo: boolean
  order: UseCursor['order']
  after: UseCursor | null
  limit: number
}

/** `title` is null if the conversation is deleted. */
export type ListedUse = ToolUseRow & { title: string | null }

export async function usesOfTool(db: Database, wanted: Wanted): Promise<ListedUse[]> {
  const column = wanted.order === 'newest' ? 'at' : 'cost_nano_usd'
  return db.kysely
    .selectFrom('tool_uses')
    .leftJoin('conversations', (join) =>
      join
        .onRef('conversations.id', '=', 'tool_uses.conversation_id')
        .on('conversations.deleted_at', 'is', null),
    )
    .selectAll('tool_uses')
    .select('conversations.title')
    .where('tool_uses.id', 'in', idsOf(db, wanted, column))
    .orderBy(`tool_uses.${column}`, 'desc')
    .orderBy('tool_uses.id', 'desc')
    .execute()
}

/** Reads only the index. */
function idsOf(
  db: Database,
  { tool, isDemo, from, to, after, limit }: Wanted,
  column: 'at' | 'cost_nano_usd',
) {
  return db.kysely
    .selectFrom('tool_uses')
    .select('id')
    .where('name', '=', tool)
    .where('demo', '=', isDemo ? 1 : 0)
    .where('copied', '=', 0)
    .where('at', '>=', from ?? ALWAYS[0])
    .where('at', '<', to ?? ALWAYS[1])
    .where(after === null ? sql<boolean>`true` : isBehind(after))
    .orderBy(column, 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
}

function isBehind(cursor: UseCursor) {
  if (cursor.order === 'newest') return sql<boolean>`(at, id) < (${cursor.at}, ${cursor.id})`
  return sql<boolean>`(cost_nano_usd, id) < (${cursor.costNanoUsd}, ${cursor.id})`
}

/** Returns how many uses are only left as a sum, because their conversation was purged. */
export async function goneUsesOf(
  db: Database,
  { tool, isDemo, ...period }: Pick<Wanted, 'tool' | 'isDemo' | keyof Period>,
): Promise<number> {
  const { firstDay, endDay } = touchedDays(period)
  const demo = isDemo ? 1 : 0
  const { rows } = await sql<{ gone: number }>`
    select coalesce((select sum(uses) from tool_days
        where owner = ${OWNER} and day >= ${firstDay} and day < ${endDay} and tool = ${tool}
          and demo = ${demo}), 0)
      - (select count(*) from tool_uses
        where name = ${tool} and demo = ${demo} and copied = 0 and at >= ${firstDay} and at < ${endDay}) as gone`.execute(
    db.kysely,
  )
  return Math.max(0, rows[0]?.gone ?? 0)
}
