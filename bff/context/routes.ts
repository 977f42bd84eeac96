// The HTTP side of what a conversation carries.
import { Hono } from 'hono'
import * as z from 'zod/mini'
import { paths } from '#shared/api.ts'
import { parseQuery } from '../request.ts'
import { type ContextDeps, readContext } from './read-context.ts'

const MOST_PARTS = 1000
const PartsQuery = z.object({
  parts: z._default(z.coerce.number().check(z.int(), z.minimum(1), z.maximum(MOST_PARTS)), 100),
})

export function contextRoutes(deps: ContextDeps): Hono {
  const app = new Hono()

  app.get(paths.context(':id'), async (c) => {
    const { parts } = parseQuery(c, PartsQuery)
    return c.json(await readContext(deps, c.req.param('id') ?? '', parts))
  })
  return app
}
