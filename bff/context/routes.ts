// The HTTP side of what a conversation carries and what it has cost.
import { Hono } from 'hono'
import * as z from 'zod/mini'
import { paths } from '#shared/api.ts'
import { Problem } from '../problem.ts'
import { findConversation } from '../conversations/store.ts'
import { parseQuery } from '../request.ts'
import { readBilled } from './billed-store.ts'
import { branchMessages } from './branch-store.ts'
import { type ContextDeps, readContext } from './read-context.ts'

const MOST_PARTS = 1000
const PartsQuery = z.object({
  parts: z._default(z.coerce.number().check(z.int(), z.minimum(1), z.maximum(MOST_PARTS)), 100),
})

export function contextRoutes(deps: ContextDeps): Hono {
  const { db } = deps
  const app = new Hono()

  app.get(paths.context(':id'), async (c) => {
    const { parts } = parseQuery(c, PartsQuery)
    return c.json(await readContext(deps, c.req.param('id') ?? '', parts))
  })

  app.get(paths.billed(':id'), async (c) => {
    const conversation = await findConversation(db, c.req.param('id') ?? '')
    if (conversation === null) throw new Problem('conversation_not_found')
    const { id, selectedMessageId } = conversation
    const branch = selectedMessageId === null ? [] : await branchMessages(db, selectedMessageId)
    return c.json(await readBilled(db, id, branch))
  })
  return app
}
