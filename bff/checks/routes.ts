// The HTTP side of checks: what they would ask and what is known, making one, and stopping it.
import { type Context, Hono } from 'hono'
import * as z from 'zod/mini'
import { StartCheck } from '#shared/checks.ts'
import { paths } from '#shared/api.ts'
import { parseBody, parseQuery } from '../http/request.ts'
import type { Checks } from './checks.ts'

const ModelQuery = z.object({ model: z.optional(z.string().check(z.maxLength(200))) })

export function checkRoutes(checks: Checks): Hono {
  const app = new Hono()
  const path = paths.providerCheck(':name')

  app.get(path, async (c) => {
    const { model = '' } = parseQuery(c, ModelQuery)
    return c.json(await checks.read(nameIn(c), model === '' ? null : model))
  })

  app.post(path, async (c) => {
    const wanted = await parseBody(c, StartCheck)
    return c.json(await checks.make(nameIn(c), wanted))
  })

  app.delete(path, async (c) => {
    await checks.stop(nameIn(c))
    return c.body(null, 204)
  })
  return app
}

function nameIn(c: Context): string {
  return c.req.param('name') ?? ''
}
