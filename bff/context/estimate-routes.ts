// What the next request would carry and cost, over HTTP. Nothing is stored: the text is only counted.
import { Hono } from 'hono'
import { paths } from '#shared/api.ts'
import { EstimateFirstRequest, EstimateRequest } from '#shared/estimate.ts'
import { parseBody } from '../http/request.ts'
import { type EstimateDeps, estimateFirst, estimateNext } from './estimate-request.ts'

export function estimateRoutes(deps: EstimateDeps): Hono {
  const app = new Hono()

  app.post(paths.estimate, async (c) => {
    return c.json(await estimateFirst(deps, await parseBody(c, EstimateFirstRequest)))
  })

  app.post(paths.estimateNext(':id'), async (c) => {
    const body = await parseBody(c, EstimateRequest)
    return c.json(await estimateNext(deps, c.req.param('id') ?? '', body))
  })
  return app
}
