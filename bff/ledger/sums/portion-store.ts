// Cost per conversation for one model, provider, agent or purpose. No stored sum covers this, so it is
// summed from the ledger's index a few days at a time, yielding to the event loop in between.
import { setImmediate as yieldToEventLoop } from 'node:timers/promises'
import { sql } from 'kysely'
import type { Database } from '../../db/open.ts'
import { ALWAYS } from './period.ts'
import { callsThat, type Scope, sumsThat } from './filter-store.ts'
import { summedCalls } from './total-store.ts'

const OWNER = 'local'
const CALLS_PER_PORTION = 10_000

/** The columns of `summed` and their group key. */
interface Sums {
  key: string
  demo: number
  calls: number
  inputTokens: number
  cachedInputTokens: number
  cacheWriteTokens: number
  outputTokens: number
  reasoningTokens: number
  costNanoUsd: number | null
  certaintyRank: number
  unpricedCalls: number
}

/** Most expensive first. Groups after the first `most` are merged into one with the key `rest`. */
export async function sumsInPortions(
  db: Database,
  scope: Scope,
  most: number,
  rest: string,
): Promise<Sums[]> {
  const byKey = new Map<string, Sums>()
  for (const { from, to } of await portionsOf(db, scope)) {
    const { rows } = await sql<Sums>`
      select coalesce(conversation_id, '') as key, ${summedCalls} from model_calls
      where owner = ${OWNER} and started_at >= ${from} and started_at < ${to}
        and ${callsThat(scope.filter ?? {})}
      group by conversation_id`.execute(db.kysely)
    for (const row of rows) {
      const before = byKey.get(row.key)
      byKey.set(row.key, before === undefined ? row : added(before, row))
    }
    await yieldToEventLoop()
  }
  const sums = [...byKey.values()].toSorted(dearestFirst)
  const [first, ...more] = sums.slice(most)
  const shown = sums.slice(0, most)
  return first === undefined ? shown : [...shown, { ...more.reduce(added, first), key: rest }]
}

/** Whole days, except at the ends of the period. */
async function portionsOf(
  db: Database,
  { from, to, filter = {} }: Scope,
): Promise<{ from: string; to: string }[]> {
  const { rows } = await sql<{ day: string; calls: number }>`
    select day, sum(calls) as calls from daily_totals
    where owner = ${OWNER} and day >= ${from?.slice(0, 10) ?? ALWAYS[0]} and day <= ${to ?? ALWAYS[1]}
      and ${sumsThat(filter)}
    group by day order by day`.execute(db.kysely)
  const starts: string[] = []
  let calls = 0
  for (const row of rows) {
    if (calls > 0 && calls + row.calls > CALLS_PER_PORTION) {
      starts.push(row.day)
      calls = 0
    }
    calls += row.calls
  }
  const ends = [...starts, to ?? ALWAYS[1]]
  return [from ?? ALWAYS[0], ...starts].map((start, at) => ({ from: start, to: ends[at] ?? '' }))
}

function added(a: Sums, b: Sums): Sums {
  return {
    key: a.key,
    demo: a.demo,
    calls: a.calls + b.calls,
    inputTokens: a.inputTokens + b.inputTokens,
    cachedInputTokens: a.cachedInputTokens + b.cachedInputTokens,
    cacheWriteTokens: a.cacheWriteTokens + b.cacheWriteTokens,
    outputTokens: a.outputTokens + b.outputTokens,
    reasoningTokens: a.reasoningTokens + b.reasoningTokens,
    costNanoUsd: a.costNanoUsd === null ? b.costNanoUsd : a.costNanoUsd + (b.costNanoUsd ?? 0),
    certaintyRank: Math.max(a.certaintyRank, b.certaintyRank),
    unpricedCalls: a.unpricedCalls + b.unpricedCalls,
  }
}

function dearestFirst(a: Sums, b: Sums): number {
  return (
    (b.costNanoUsd ?? -1) - (a.costNanoUsd ?? -1) || b.calls - a.calls || (a.key < b.key ? -1 : 1)
  )
}
