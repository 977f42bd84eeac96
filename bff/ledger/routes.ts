// The receipt of a run, what everything cost, and the ledger as a file.
import { Hono } from 'hono'
import * as z from 'zod/mini'
import { paths, type Receipt, UsageBy, type UsageGroup, type UsageSummary } from '#shared/api.ts'
import { addCall, type ModelCall, NO_CALLS } from '#shared/ledger.ts'
import type { Database } from '../db/open.ts'
import { Problem } from '../problem.ts'
import { parseQuery } from '../request.ts'
import { CSV_HEADER, toCsv } from './csv.ts'
import { parsePeriod, type Period } from './period.ts'
import { callsOfRun, isRun } from './store.ts'
import { callPages } from './store-export.ts'
import { correctionsOf } from './store-corrections.ts'
import { OTHERS, titlesOf, usageGroups, usageTotals } from './store-usage.ts'

const PeriodQuery = z.object({ from: z.optional(z.string()), to: z.optional(z.string()) })
const SummaryQuery = z.extend(PeriodQuery, { by: z.optional(UsageBy) })

export function ledgerRoutes({ db }: { db: Database }): Hono {
  const app = new Hono()

  app.get(paths.calls(':id'), async (c) => {
    const runId = c.req.param('id') ?? ''
    const items = await withCorrections(db, await callsOfRun(db, runId))
    // The receipt outlives its run: deleting a conversation never deletes money.
    if (items.length === 0 && !(await isRun(db, runId))) {
      throw new Problem('run_not_found')
    }
    const totals = items.reduce(addCall, NO_CALLS)
    return c.json({ items, nextCursor: null, totals } satisfies Receipt)
  })

  app.get(paths.usageSummary, async (c) => {
    const { from, to, by } = parseQuery(c, SummaryQuery)
    const period = parsePeriod(from, to)
    const totals = await usageTotals(db, period)
    const groups = by === undefined ? [] : await labelled(db, by, period)
    return c.json({ ...period, totals, groups } satisfies UsageSummary)
  })

  app.get(paths.usageCsv, (c) => {
    const { from, to } = parseQuery(c, PeriodQuery)
    return new Response(csvStream(db, parsePeriod(from, to)), {
      headers: {
        'Content-Type': 'text/csv; charset=utf-8; header=present',
        'Content-Disposition': 'attachment; filename="tally-ledger.csv"',
        'Cache-Control': 'no-store',
      },
    })
  })

  return app
}

async function withCorrections(db: Database, calls: ModelCall[]): Promise<ModelCall[]> {
  const corrections = await correctionsOf(
    db,
    calls.map(({ id }) => id),
  )
  return calls.map((call) => {
    const ofCall = corrections.get(call.id)
    return ofCall === undefined ? call : { ...call, corrections: ofCall }
  })
}

async function labelled(db: Database, by: UsageBy, period: Period): Promise<UsageGroup[]> {
  const groups = await usageGroups(db, by, period)
  const label = by === 'conversation' ? await conversationLabels(db, groups) : (key: string) => key
  return groups.map(({ key, totals }) => ({
    key,
    label: key === '' ? `No ${by}` : label(key),
    totals,
  }))
}

async function conversationLabels(
  db: Database,
  groups: { key: string }[],
): Promise<(key: string) => string> {
  const titles = await titlesOf(
    db,
    groups.map(({ key }) => key),
  )
  return (key) => {
    if (key === OTHERS) return 'Other conversations'
    return titles.get(key) ?? 'Deleted conversation'
  }
}

/** A page is read only when the client has taken the one before. */
function csvStream(db: Database, period: Period): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  const pages = callPages(db, period)
  return new ReadableStream({
    start: (controller) => controller.enqueue(encoder.encode(CSV_HEADER)),
    pull: async (controller) => {
      const { done, value } = await pages.next()
      if (done === true) controller.close()
      else controller.enqueue(encoder.encode(toCsv(value)))
    },
    cancel: async () => {
      await pages.return(undefined)
    },
  })
}
