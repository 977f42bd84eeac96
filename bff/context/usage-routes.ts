// The uses behind what a tool has cost, page by page.
import { Hono } from 'hono'
import * as z from 'zod/mini'
import { paths } from '#shared/api.ts'
import { ToolUseOrder, UsageFilter, type UsageToolUses } from '#shared/usage.ts'
import type { Database } from '../db/open.ts'
import { parsePeriod } from '../ledger/sums/period.ts'
import { parseQuery } from '../http/request.ts'
import { countResults } from './count-results.ts'
import { goneUsesOf, type ListedUse, type UseCursor, usesOfTool } from './tool-list-store.ts'
import { toToolUse } from './tool-use-store.ts'
import { decodeUseCursor, encodeUseCursor } from './use-cursor.ts'

const UsesQuery = z.object({
  tool: z.string('give the name of a tool'),
  demo: UsageFilter.shape.demo,
  order: z._default(ToolUseOrder, 'newest'),
  from: z.optional(z.string()),
  to: z.optional(z.string()),
  cursor: z.optional(z.string()),
  limit: z._default(
    z.string().check(z.regex(/^([1-9]\d?|100)$/, 'give a number from 1 to 100')),
    '50',
  ),
})

export function toolUsageRoutes({ db }: { db: Database }): Hono {
  const app = new Hono()

  app.get(paths.usageToolUses, async (c) => {
    const { tool, demo, order, from, to, cursor, limit } = parseQuery(c, UsesQuery)
    const period = parsePeriod(from, to)
    const after = cursor === undefined ? null : decodeUseCursor(cursor, order)
    const most = Number(limit)
    const which = { ...period, tool, isDemo: demo !== undefined }
    const found = await usesOfTool(db, { ...which, order, after, limit: most + 1 })
    const page = await countResults(db, found.slice(0, most))
    const last = found.length > most ? page.at(-1) : undefined
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
  })

  return app
}

function cursorOf({ id, at, cost_nano_usd }: ListedUse, order: UseCursor['order']): UseCursor {
  return order === 'newest' ? { order, at, id } : { order, costNanoUsd: cost_nano_usd, id }
}
