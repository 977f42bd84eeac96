// The uses behind what a tool has cost, page by page.
import { Hono } from 'hono'
import * as z from 'zod/mini'
import { ToolUseOrder, UsageFilter, UsageToolUses } from '#shared/usage.ts'
import type { Database } from '../db/open.ts'
import { json, operation } from '../http/operation.ts'
import { query } from '../http/request.ts'
import { PAGE, pageQuery } from '../http/page-query.ts'
import { parsePeriod } from '../ledger/sums/period.ts'
import { DEMO, PERIOD, PeriodQuery } from '../ledger/sums/usage-query.ts'
import { countResults } from './count-results.ts'
import { type ListedUse, type UseCursor, goneUsesOf, usesOfTool } from './tool-list-store.ts'
import { toToolUse } from './tool-use-store.ts'
import { Problem } from '../http/problem.ts'
import { t } from '#shared/translate.ts'

const UsesQuery = z.extend(pageQuery(50), {
  ...PeriodQuery.shape,
  tool: z.string({ error: () => t`give the name of a tool` }),
  demo: UsageFilter.shape.demo,
  order: z._default(ToolUseOrder, 'newest'),
})

export function toolUsageRoutes({ db }: { db: Database }): Hono {
  const app = new Hono()

  app.get(
    '/api/usage/tool-uses',
    operation({
      operationId: 'listUsesOfTool',
      summary: 'The uses of one tool: in which conversations, how long the results, what they cost',
      description:
        'What carrying a result has cost is up to now, also after `to`, and always an estimate. A tool that was never used has no uses. Uses in conversations that are gone for good are only counted, in `goneUses`.',
      responses: { 200: json(UsageToolUses) },
      problems: ['bad_request', 'invalid_cursor'],
    }),
    query(UsesQuery, {
      ...PAGE,
      ...PERIOD,
      tool: 'The name of the tool',
      demo: DEMO,
      order: 'What comes first',
    }),
    async (c) => {
      const { tool, demo, order, from, to, cursor, limit } = c.req.valid('query')
      const period = parsePeriod(from, to)
      const after = cursor === undefined ? null : decodeUseCursor(cursor, order)
      const which = { ...period, tool, isDemo: demo !== undefined }
      const found = await usesOfTool(db, { ...which, order, after, limit: limit + 1 })
      const page = await countResults(db, found.slice(0, limit))
      const last = found.length > limit ? page.at(-1) : undefined
      const uses: UsageToolUses = {
        items: page.map((use) => ({
          ...toToolUse(use),
          conversationId: use.conversation_id,
          conversationTitle: use.title,
        })),
        nextCursor: last === undefined ? null : encodeUseCursor(cursorOf(last, order)),
        goneUses: await goneUsesOf(db, which),
      }
      return c.json(uses)
    },
  )

  return app
}

function cursorOf({ id, at, cost_nano_usd }: ListedUse, order: UseCursor['order']): UseCursor {
  return order === 'newest' ? { order, at, id } : { order, costNanoUsd: cost_nano_usd, id }
}

const NEWEST = /^at (\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z) (\d{1,15})$/
const DEAREST = /^cost (\d{1,15}) (\d{1,15})$/

/** The cursor of a page of tool uses: the page begins after it. Opaque to clients. */
function encodeUseCursor(cursor: UseCursor): string {
  const key = cursor.order === 'newest' ? ['at', cursor.at] : ['cost', cursor.costNanoUsd]
  return Buffer.from([...key, cursor.id].join(' ')).toString('base64url')
}

/** A cursor of one order is invalid in the other. */
function decodeUseCursor(cursor: string, order: UseCursor['order']): UseCursor {
  const text = Buffer.from(cursor, 'base64url').toString()
  const [, key, id] = (order === 'newest' ? NEWEST : DEAREST).exec(text) ?? []
  if (key === undefined || id === undefined) throw new Problem('invalid_cursor')
  return order === 'newest'
    ? { order, at: key, id: Number(id) }
    : { order, costNanoUsd: Number(key), id: Number(id) }
}
