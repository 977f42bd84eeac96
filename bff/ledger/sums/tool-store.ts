// The cost of tool results. A tool makes no request of its own, so its share of other requests is
// added to daily sums when they are recorded.
import { sql } from 'kysely'
import * as z from 'zod/mini'
import type { UsageGroup } from '#shared/api.ts'
import { NO_CALLS, type Totals } from '#shared/ledger.ts'
import type { Database } from '../../db/open.ts'
import { touchedDays } from './period.ts'
import type { Scope } from './filter-store.ts'

const OWNER = 'local'
const MAX_TOOLS = 1000

const Sums = z.object({
  tool: z.string(),
  uses: z.int(),
  tokens: z.int(),
  reads: z.int(),
  unpricedReads: z.int(),
  costNanoUsd: z.int(),
})

/** Includes every UTC day the period touches. Most expensive first. */
export async function usageOfTools(db: Database, scope: Scope): Promise<UsageGroup[]> {
  const { firstDay, endDay } = touchedDays(scope)
  const isDemo = scope.filter?.demo !== undefined
  const { rows } = await sql`
    select tool, sum(uses) as uses, sum(tokens) as tokens, sum(reads) as reads,
      sum(unpriced_reads) as unpricedReads, sum(cost_nano_usd) as costNanoUsd
    from tool_days
    where owner = ${OWNER} and day >= ${firstDay} and day < ${endDay}
      and demo = ${isDemo ? 1 : 0}
    group by tool order by costNanoUsd desc, uses desc, tool limit ${MAX_TOOLS}`.execute(db.kysely)
  return rows.map((row) => {
    const { tool, ...sums } = Sums.parse(row)
    const totals = asTotals(sums)
    return { key: tool, label: tool, totals: isDemo ? { ...totals, demo: true } : totals }
  })
}

/** Uses are reported as calls, and result tokens as input tokens. */
function asTotals(sums: Omit<z.infer<typeof Sums>, 'tool'>): Totals {
  const { uses, tokens, reads, unpricedReads, costNanoUsd } = sums
  const isUnpriced = reads > 0 && unpricedReads === reads
  return {
    ...NO_CALLS,
    calls: uses,
    inputTokens: tokens,
    costNanoUsd: isUnpriced ? null : costNanoUsd,
    certainty: unpricedReads > 0 ? 'unknown' : 'estimated',
    unpricedCalls: unpricedReads,
  }
}
