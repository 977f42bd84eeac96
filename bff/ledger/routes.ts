// The receipt of a run, what everything cost, and the ledger as a file.
import { Hono } from 'hono'
import * as z from 'zod/mini'
import { paths, type Receipt, UsageBy, type UsageSummary } from '#shared/api.ts'
import { addCall, NO_CALLS } from '#shared/ledger.ts'
import type { Database } from '../db/open.ts'
import { Problem } from '../problem.ts'
import { parseQuery } from '../request.ts'
import { csvParts, jsonParts, streamed } from './export-ledger.ts'
import { labelled } from './group-labels.ts'
import { parsePeriod } from './period.ts'
import { callsOfRun, isRun } from './store.ts'
import { usageGroups, usageTotals } from './store-usage.ts'
import { usageSeries } from './usage-series.ts'
import { withCorrections } from './with-corrections.ts'

const PeriodQuery = z.object({ from: z.optional(z.string()), to: z.optional(z.string()) })
const SummaryQuery = z.extend(PeriodQuery, {
  by: z.optional(UsageBy),
  series: z.optional(z.literal('day')),
})

interface LedgerRoutes {
  db: Database
  /** Whether the cost of a run may still be corrected by itself. */
  isCounting: (runId: string) => boolean
}

export function ledgerRoutes({ db, isCounting }: LedgerRoutes): Hono {
  const app = new Hono()

  app.get(paths.calls(':id'), async (c) => {
    const runId = c.req.param('id') ?? ''
    // Asked before the rows are read: what is corrected in between is asked for once more.
    const counting = isCounting(runId)
    const items = await withCorrections(db, await callsOfRun(db, runId))
    // The receipt outlives its run: deleting a conversation never deletes money.
    if (items.length === 0 && !(await isRun(db, runId))) {
      throw new Problem('run_not_found')
    }
    const totals = items.reduce(addCall, NO_CALLS)
    return c.json({ items, nextCursor: null, totals, counting } satisfies Receipt)
  })

  app.get(paths.usageSummary, async (c) => {
    const { from, to, by, series } = parseQuery(c, SummaryQuery)
    const period = parsePeriod(from, to)
    const totals = await usageTotals(db, period)
    const groups = by === undefined ? [] : await labelled(db, by, await usageGroups(db, by, period))
    const summary: UsageSummary = { ...period, totals, groups }
    if (series === undefined) return c.json(summary)
    if (by === undefined || by === 'day') {
      throw new Problem('bad_request', 'series: say with `by` what a day is split into')
    }
    return c.json({ ...summary, series: await usageSeries(db, by, period, groups) })
  })

  app.get(paths.usageCsv, (c) => {
    const { from, to } = parseQuery(c, PeriodQuery)
    const parts = csvParts(db, parsePeriod(from, to))
    return file('tally-ledger.csv', 'text/csv; charset=utf-8; header=present', parts)
  })

  app.get(paths.usageJson, (c) => {
    const { from, to } = parseQuery(c, PeriodQuery)
    const parts = jsonParts(db, parsePeriod(from, to))
    return file('tally-ledger.json', 'application/json; charset=utf-8', parts)
  })

  return app
}

function file(name: string, type: string, parts: AsyncGenerator<string>): Response {
  return new Response(streamed(parts), {
    headers: {
      'Content-Type': type,
      'Content-Disposition': `attachment; filename="${name}"`,
      'Cache-Control': 'no-store',
    },
  })
}
