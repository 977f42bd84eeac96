// What the next request would carry and cost, over HTTP. Nothing is stored: the text is only counted.
import { Hono } from 'hono'
import { EstimateFirstRequest, EstimateRequest, RequestEstimate } from '#shared/estimate.ts'
import { CHANGE, CHOICE, json, operation } from '../http/operation.ts'
import { body } from '../http/request.ts'
import { type EstimateDeps, estimateFirst, estimateNext } from './estimate-request.ts'

export function estimateRoutes(deps: EstimateDeps): Hono {
  const app = new Hono()

  app.post(
    '/api/estimate',
    operation({
      operationId: 'estimateFirstRequest',
      summary: 'The same for the first request of a conversation that there is not yet',
      responses: { 200: json(RequestEstimate) },
      problems: [...CHANGE, ...CHOICE],
    }),
    body(EstimateFirstRequest),
    async (c) => c.json(await estimateFirst(deps, c.req.valid('json'))),
  )

  app.post(
    '/api/conversations/:id/estimate',
    operation({
      operationId: 'estimateNextRequest',
      summary:
        'What the next request would carry and cost with this text; nothing is sent or stored',
      description:
        'From the input alone, as if nothing were cached, to the longest output that will be allowed. With `exact` the provider is asked to count where it can (`canCount`), which leaves a row with purpose `count` and no cost in the ledger; when it does not answer, the estimate stands.',
      responses: { 200: json(RequestEstimate) },
      problems: [
        ...CHANGE,
        'conversation_not_found',
        'provider_not_found',
        'model_not_found',
        'model_not_set',
      ],
    }),
    body(EstimateRequest),
    async (c) => c.json(await estimateNext(deps, c.req.param('id'), c.req.valid('json'))),
  )
  return app
}
