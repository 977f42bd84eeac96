// What everything cost, in groups: read from the kept sums of whole days, and from the ledger for
// the pieces of a day at the ends of a period.
import { type RawBuilder, sql } from 'kysely'
import * as z from 'zod/mini'
import type { UsageBy, UsageGroup } from '#shared/api.ts'
import type { Totals } from '#shared/ledger.ts'
import type { Database } from '../db/open.ts'
import { type Cut, cutIntoDays, type Period } from './period.ts'
import { callAsTotals, summed, totalsColumns, toTotals } from './store-totals.ts'

/** There is one owner until there are users. */
const OWNER = 'local'
/** An answer stays small however many conversations there are: the rest becomes one group. */
const MOST_GROUPS = 1000
/** A series stays small however old the ledger is: its newest days. */
const MOST_DAYS = 732
export const OTHERS = 'others'

const Keyed = z.looseObject({ key: z.string() })
const OfDay = z.looseObject({ part: z.string(), day: z.string() })

export async function usageTotals(db: Database, period: Period): Promise<Totals> {
  const { rows } = await sql`select ${summed} from (${source('day', cutIntoDays(period))})`.execute(
    db.kysely,
  )
  return toTotals(rows[0])
}

/** Dearest first; without labels. */
export async function usageGroups(
  db: Database,
  by: UsageBy,
  period: Period,
  most = MOST_GROUPS,
): Promise<Omit<UsageGroup, 'label'>[]> {
  const from = source(by, cutIntoDays(period))
  const { rows } = await sql`
    select key, ${summed} from (${from}) group by key
    order by costNanoUsd desc nulls last, calls desc, key limit ${most + 1}`.execute(db.kysely)
  const groups = rows.slice(0, most).map(toGroup)
  if (rows.length <= most) return groups
  const keys = JSON.stringify(groups.map(({ key }) => key))
  const rest = await sql`
    select ${OTHERS} as key, ${summed} from (${from})
    where key not in (select value from json_each(${keys}))`.execute(db.kysely)
  return [...groups, ...rest.rows.map(toGroup)]
}

/** What these groups and all others together cost on each day, oldest first. */
export async function usageOfDays(
  db: Database,
  by: UsageBy,
  period: Period,
  keys: string[],
  mostDays = MOST_DAYS,
): Promise<{ day: string; key: string; totals: Totals }[]> {
  const { rows } = await sql`
    select day, iif(key in (select value from json_each(${JSON.stringify(keys)})), key, ${OTHERS})
      as part, ${summed}
    from (${source(by, cutIntoDays(period))})
    where day in (select distinct day from (${source('day', cutIntoDays(period))})
      order by day desc limit ${mostDays})
    group by day, part order by day`.execute(db.kysely)
  return rows.map((row) => {
    const { day, part: key, ...sums } = OfDay.parse(row)
    return { day, key, totals: toTotals(sums) }
  })
}

/** The titles of the conversations that are still there. */
export async function titlesOf(db: Database, ids: string[]): Promise<Map<string, string>> {
  const rows = await db.kysely
    .selectFrom('conversations')
    .select(['id', 'title'])
    .where('deleted_at', 'is', null)
    .where('id', 'in', sql<string>`(select value from json_each(${JSON.stringify(ids)}))`)
    .execute()
  return new Map(rows.map(({ id, title }) => [id, title]))
}

function toGroup(row: unknown): Omit<UsageGroup, 'label'> {
  const { key, ...sums } = Keyed.parse(row)
  return { key, totals: toTotals(sums) }
}

function source(by: UsageBy, { days, pieces }: Cut): RawBuilder<unknown> {
  const parts = pieces.map(
    ({ from, to }) => sql`
      select ${KEYS[by].ofCall} as key, substr(started_at, 1, 10) as day, ${callAsTotals}
      from model_calls
      where owner = ${OWNER} and started_at >= ${from} and started_at < ${to}`,
  )
  const { table, column } = KEYS[by]
  // Also the shape of nothing, where a period holds no day and no piece of one.
  parts.push(sql`
    select ${sql.ref(column)} as key, day, ${totalsColumns} from ${sql.table(table)}
    where owner = ${OWNER} and day >= ${days?.firstDay ?? ''} and day < ${days?.endDay ?? ''}`)
  return sql.join(parts, sql` union all `)
}

interface Key {
  table: 'daily_totals' | 'conversation_days'
  column: string
  ofCall: RawBuilder<unknown>
}

const KEYS: Record<UsageBy, Key> = {
  conversation: {
    table: 'conversation_days',
    column: 'conversation_id',
    ofCall: sql`coalesce(conversation_id, '')`,
  },
  model: {
    table: 'daily_totals',
    column: 'model',
    ofCall: sql`coalesce(model_returned, model_requested)`,
  },
  provider: { table: 'daily_totals', column: 'provider', ofCall: sql`provider` },
  agent: { table: 'daily_totals', column: 'agent', ofCall: sql`coalesce(agent, '')` },
  purpose: { table: 'daily_totals', column: 'purpose', ofCall: sql`purpose` },
  day: { table: 'daily_totals', column: 'day', ofCall: sql`substr(started_at, 1, 10)` },
}
