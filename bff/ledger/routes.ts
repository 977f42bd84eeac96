// The receipt of a run, what everything cost, and the ledger as a list and as a file.
import { Hono } from 'hono'
import * as z from 'zod/mini'
import { Receipt, type UsageGroup, UsageGroupedBy, UsageSummary } from '#shared/api.ts'
import type { BookedIn } from '#shared/billed.ts'
import { addCall, ModelCall, NO_CALLS } from '#shared/ledger.ts'
import { UsageCalls } from '#shared/usage.ts'
import type { Database } from '../db/open.ts'
import { attachment } from '../http/attachment.ts'
import { PAGE, pageQuery } from '../http/page-query.ts'
import { json, operation } from '../http/operation.ts'
import { query } from '../http/request.ts'
import { Problem } from '../http/problem.ts'
import { decodeCallCursor, encodeCallCursor } from './export/page-store.ts'
import { csvParts, jsonParts } from './export/export-ledger.ts'
import { labelled } from './sums/group-labels.ts'
import { bookedInOf, callsOfRun, isRun } from './calls/call-store.ts'
import { newestCalls } from './export/export-store.ts'
import type { Scope } from './sums/filter-store.ts'
import { fromRow } from './calls/call-row-store.ts'
import { usageOfTools } from './sums/tool-store.ts'
import { titlesOf, usageGroups, usageTotals } from './sums/usage-store.ts'
import { SCOPE, ScopeQuery, scopeOf } from './sums/usage-query.ts'
import { usageSeries } from './sums/usage-series.ts'
import { withCache } from './cache/with-cache.ts'
import { translateCall } from './calls/translate-call.ts'
import { withCorrections } from './calls/with-corrections.ts'
import { t } from '#shared/translate.ts'

interface LedgerDeps {
  db: Database
  /** Whether the cost of a run may still be corrected by itself. */
  isCounting: (runId: string) => boolean
  /** Told why a file broke off. */
  onError?: (error: unknown) => void
}

const SummaryQuery = z.extend(ScopeQuery, {
  by: z.optional(UsageGroupedBy),
  series: z.optional(z.literal('day')),
})
const CallsQuery = z.extend(ScopeQuery, pageQuery(50).shape)

export function ledgerRoutes({ db, isCounting, onError = () => {} }: LedgerDeps): Hono {
  const app = new Hono()

  app.get(
    '/api/runs/:id/calls',
    operation({
      operationId: 'getReceipt',
      summary: 'The receipt: every model call of a run',
      responses: { 200: json(Receipt) },
      problems: ['run_not_found'],
    }),
    async (c) => {
      const runId = c.req.param('id')
      // Asked before the rows are read: what is corrected in between is asked for once more.
      const counting = isCounting(runId)
      const calls = await withCorrections(db, await callsOfRun(db, runId))
      const items = (await withCache(db, calls)).map(translateCall)
      // The receipt outlives its run: deleting a conversation never deletes money.
      if (items.length === 0 && !(await isRun(db, runId))) {
        throw new Problem('run_not_found')
      }
      const totals = items.reduce(addCall, NO_CALLS)
      const receipt: Receipt = { items, nextCursor: null, totals, counting }
      const bookedIn = await originalOf(db, runId)
      if (bookedIn !== null) return c.json({ ...receipt, bookedIn })
      return c.json((await isGone(db, items)) ? { ...receipt, deleted: true } : receipt)
    },
  )

  app.get(
    '/api/usage/summary',
    operation({
      operationId: 'getUsage',
      summary: 'What everything cost, in groups',
      description:
        'By `tool`: a tool makes no request, so its groups hold its uses, the tokens of its results and their share of the input of the requests that carried them, of every UTC day that the period touches. It takes no filter.',
      responses: { 200: json(UsageSummary) },
      problems: ['bad_request'],
    }),
    query(SummaryQuery, {
      ...SCOPE,
      by: 'What makes a group',
      series: 'Also what each UTC day cost, split by `by` (any but `day` and `tool`)',
    }),
    async (c) => {
      const { by, series, ...narrowing } = c.req.valid('query')
      const scope = scopeOf(narrowing)
      const { demo: _, ...narrowed } = scope.filter ?? {}
      if (by === 'tool' && Object.keys(narrowed).length > 0) {
        throw new Problem(
          'bad_request',
          t`by: tools are summed by day alone, so leave out the filter`,
        )
      }
      const totals = await usageTotals(db, scope)
      const groups = await groupsOf(by, scope)
      const summary: UsageSummary = { from: scope.from, to: scope.to, totals, groups }
      if (series === undefined) return c.json(summary)
      if (by === undefined || by === 'day' || by === 'tool') {
        throw new Problem('bad_request', t`series: say with \`by\` what a day is split into`)
      }
      return c.json({ ...summary, series: await usageSeries(db, by, scope, groups) })
    },
  )

  app.get(
    '/api/usage/calls',
    operation({
      operationId: 'listCalls',
      summary: 'Model calls, newest first',
      responses: { 200: json(UsageCalls) },
      problems: ['bad_request', 'invalid_cursor'],
    }),
    query(CallsQuery, { ...PAGE, ...SCOPE }),
    async (c) => {
      const { cursor, limit, ...narrowing } = c.req.valid('query')
      const before = cursor === undefined ? undefined : decodeCallCursor(cursor)
      const rows = await newestCalls(db, scopeOf(narrowing), limit + 1, before)
      const page = rows.slice(0, limit)
      const last = rows.length > page.length ? page.at(-1) : undefined
      const calls: UsageCalls = {
        items: (await withCorrections(db, page.map(fromRow))).map(translateCall),
        nextCursor: last === undefined ? null : encodeCallCursor(last),
      }
      return c.json(calls)
    },
  )

  app.get(
    '/api/usage/export.csv',
    operation({
      operationId: 'exportLedgerCsv',
      summary: 'The ledger as a table',
      responses: {
        200: {
          description: 'One line per model call',
          content: { 'text/csv': { schema: { type: 'string' } } },
        },
      },
      problems: ['bad_request'],
    }),
    query(ScopeQuery, SCOPE),
    (c) => {
      const scope = scopeOf(c.req.valid('query'))
      const parts = csvParts(db, scope)
      return file(`${nameOf(scope)}.csv`, 'text/csv; charset=utf-8; header=present', parts)
    },
  )

  app.get(
    '/api/usage/export.json',
    operation({
      operationId: 'exportLedgerJson',
      summary: 'The ledger as an array of ModelCall',
      responses: { 200: json(z.array(ModelCall), 'Oldest call first') },
      problems: ['bad_request'],
    }),
    query(ScopeQuery, SCOPE),
    (c) => {
      const scope = scopeOf(c.req.valid('query'))
      const parts = jsonParts(db, scope)
      return file(`${nameOf(scope)}.json`, 'application/json; charset=utf-8', parts)
    },
  )

  async function groupsOf(by: UsageGroupedBy | undefined, scope: Scope): Promise<UsageGroup[]> {
    if (by === undefined) return []
    if (by === 'tool') return usageOfTools(db, scope)
    return labelled(db, by, await usageGroups(db, by, scope))
  }

  function file(name: string, type: string, parts: AsyncGenerator<string>): Response {
    return attachment({ name, type, parts, onError })
  }

  return app
}

function nameOf({ filter = {} }: Scope): string {
  return filter.demo === undefined ? 'tally-ledger' : 'tally-ledger-demo'
}

/** Returns the conversation that a copied run is of, or null if it is no copy. */
async function originalOf(db: Database, runId: string): Promise<BookedIn | null> {
  const conversationId = await bookedInOf(db, runId)
  if (conversationId === null) return null
  return {
    conversationId,
    title: (await titlesOf(db, [conversationId])).get(conversationId) ?? null,
  }
}

async function isGone(db: Database, [call]: ModelCall[]): Promise<boolean> {
  const id = call?.conversationId ?? null
  return id !== null && !(await titlesOf(db, [id])).has(id)
}
