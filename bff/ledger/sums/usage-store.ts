// Usage in groups: read from the stored sums for whole days, and from the ledger's index for partial
// days and for groups that have no stored sum.
import { type RawBuilder, sql } from 'kysely'
import * as z from 'zod/mini'
import type { UsageBy, UsageGroup } from '#shared/api.ts'
import type { Totals } from '#shared/ledger.ts'
import type { Database } from '../../db/open.ts'
import { ALWAYS, cutIntoDays } from './period.ts'
import { callsThat, modelOfCall, narrowsSums, type Scope, sumsThat } from './filter-store.ts'
import { sumsInPortions } from './portion-store.ts'
import { callAsTotals, summed, totalsColumns, toTotals } from './total-store.ts'

/** The only owner until there are users. */
const OWNER = 'local'
/** Limits the size of a response; further groups are merged into one. */
const MAX_GROUPS = 1000
/** Limits the length of a series; the newest days are kept. */
const MAX_DAYS = 732
export const OTHERS = 'others'

const Keyed = z.looseObject({ key: z.string() })
const OfDay = z.looseObject({ part: z.string(), day: z.string() })

/** Returns the total of a period. */
export async function usageTotals(db: Database, scope: Scope): Promise<Totals> {
  const { rows } = await sql`select ${summed} from (${source('day', scope)})`.execute(db.kysely)
  return toTotals(rows[0])
}

/** Most expensive first. Without labels. */
export async function usageGroups(
  db: Database,
  by: UsageBy,
  scope: Scope,
  most = MAX_GROUPS,
): Promise<Omit<UsageGroup, 'label'>[]> {
  const { filter = {} } = scope
  if (by === 'conversation' && filter.conversation === undefined && narrowsSums(filter)) {
    return (await sumsInPortions(db, scope, most, OTHERS)).map(toGroup)
  }
  const from = source(by, scope)
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

/** Returns the cost of these groups, and of all others together, for each day, oldest first. */
export async function usageOfDays(
  db: Database,
  by: UsageBy,
  scope: Scope,
  keys: string[],
  mostDays = MAX_DAYS,
): Promise<{ day: string; key: string; totals: Totals }[]> {
  const { rows } = await sql`
    select day, iif(key in (select value from json_each(${JSON.stringify(keys)})), key, ${OTHERS})
      as part, ${summed}
    from (${source(by, scope)})
    where day in (select distinct day from (${source('day', scope)})
      order by day desc limit ${mostDays})
    group by day, part order by day`.execute(db.kysely)
  return rows.map((row) => {
    const { day, part: key, ...sums } = OfDay.parse(row)
    return { day, key, totals: toTotals(sums) }
  })
}

/** Returns the titles of the conversations that still exist. */
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

function source(by: UsageBy, { filter = {}, ...period }: Scope): RawBuilder<unknown> {
  const { table, column, ofCall } = KEYS[by]
  const callsBetween = (from: string, to: string): RawBuilder<unknown> => sql`
    select ${ofCall} as key, substr(started_at, 1, 10) as day, ${callAsTotals}
    from model_calls
    where owner = ${OWNER} and started_at >= ${from} and started_at < ${to}
      and ${callsThat(filter)}`
  const sumsKnow = table === 'daily_totals' || !narrowsSums(filter)
  if (filter.conversation !== undefined || !sumsKnow) {
    return callsBetween(period.from ?? ALWAYS[0], period.to ?? ALWAYS[1])
  }
  const { days, pieces } = cutIntoDays(period)
  const parts = pieces.map(({ from, to }) => callsBetween(from, to))
  // Gives the query its columns if the period contains no day at all.
  parts.push(sql`
    select ${sql.ref(column)} as key, day, ${totalsColumns} from ${sql.table(table)}
    where owner = ${OWNER} and day >= ${days?.firstDay ?? ''} and day < ${days?.endDay ?? ''}
      and ${sumsThat(filter)}`)
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
    ofCall: modelOfCall,
  },
  provider: { table: 'daily_totals', column: 'provider', ofCall: sql`provider` },
  agent: { table: 'daily_totals', column: 'agent', ofCall: sql`coalesce(agent, '')` },
  purpose: { table: 'daily_totals', column: 'purpose', ofCall: sql`purpose` },
  day: { table: 'daily_totals', column: 'day', ofCall: sql`substr(started_at, 1, 10)` },
}
