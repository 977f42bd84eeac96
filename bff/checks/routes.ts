// The HTTP side of checks: what they would ask and what is known, making one, and stopping it.
import { Hono } from 'hono'
import * as z from 'zod/mini'
import { EndpointCheck, StartCheck } from '#shared/checks.ts'
import { CHANGE, json, operation } from '../http/operation.ts'
import { body, query } from '../http/request.ts'
import type { Checks } from './checks.ts'

const ModelQuery = z.object({ model: z.optional(z.string().check(z.maxLength(200))) })

export function checkRoutes(checks: Checks): Hono {
  const app = new Hono()
  const path = '/api/providers/:name/check'

  app.get(
    path,
    operation({
      operationId: 'getCheck',
      summary: 'What a check of this endpoint would ask and cost, and what earlier ones found',
      description:
        'While a check is under way, `running` says how far it is, and the card grows with each finding.',
      responses: { 200: json(EndpointCheck) },
      problems: ['bad_request', 'provider_not_found', 'model_not_found', 'model_not_set'],
    }),
    query(ModelQuery, { model: 'By default the default model of the provider' }),
    async (c) => {
      const { model = '' } = c.req.valid('query')
      return c.json(await checks.read(c.req.param('name'), model === '' ? null : model))
    },
  )

  app.post(
    path,
    operation({
      operationId: 'startCheck',
      summary:
        'Check what this endpoint can do, with a few small requests; answers when it is over',
      description:
        'Each request is in the ledger with the purpose `check` and held by the budgets. The check goes on when the connection of the asker breaks.',
      responses: { 200: json(EndpointCheck) },
      problems: [
        ...CHANGE,
        'provider_not_found',
        'model_not_found',
        'model_not_set',
        'check_active',
      ],
    }),
    body(StartCheck),
    async (c) => c.json(await checks.make(c.req.param('name'), c.req.valid('json'))),
  )

  app.delete(
    path,
    operation({
      operationId: 'stopCheck',
      summary: 'Stop the check of this endpoint, if one is under way; what was found stays',
      responses: { 204: { description: 'None is under way' } },
      problems: CHANGE,
    }),
    async (c) => {
      await checks.stop(c.req.param('name'))
      return c.body(null, 204)
    },
  )
  return app
}
