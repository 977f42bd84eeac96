// Compares the cost of a conversation with other models, over HTTP.
import { Hono } from 'hono'
import type { ModelList } from '#shared/api.ts'
import type { Database } from '../../db/open.ts'
import { WhatIf } from '#shared/what-if.ts'
import { json, operation } from '../../http/operation.ts'
import { Problem } from '../../http/problem.ts'
import type { PriceBook } from '../pricing/price-book.ts'
import type { TargetOf } from '../reprice/reprice-call.ts'
import { type Compared, callsToCompare } from './what-if-store.ts'
import { MAX_CALLS, whatIf } from './what-if.ts'
import type { OwnModel } from './models.ts'

interface WhatIfDeps {
  db: Database
  book: Pick<PriceBook, 'overrides'>
  targetOf: TargetOf
  providers: { listModels: () => Promise<ModelList> }
  isFavorite: (provider: string, model: string) => boolean
  now: () => Date
}

export function whatIfRoutes(deps: WhatIfDeps): Hono {
  const app = new Hono()
  app.get(
    '/api/conversations/:id/what-if',
    operation({
      operationId: 'compareModels',
      summary: 'What the requests of a conversation would have cost on other models',
      description:
        'Their real token counts at the prices of their time. Favourites come first, then models of configured providers, then those that common makers still sell. At most the newest 2,000 requests are compared.',
      responses: { 200: json(WhatIf) },
      problems: ['conversation_not_found'],
    }),
    async (c) => {
      const compared = await callsToCompare(deps.db, c.req.param('id'), MAX_CALLS)
      if (compared === null) throw new Problem('conversation_not_found')
      const own = await ownModels(deps, compared)
      const { book, now, isFavorite } = deps
      return c.json(
        await whatIf(compared, { own, overrides: book.overrides(), now: now(), isFavorite }),
      )
    },
  )
  return app
}

/** The models that the providers offer, and those that answered here before. */
async function ownModels(
  { providers, targetOf }: WhatIfDeps,
  { calls }: Compared,
): Promise<OwnModel[]> {
  const { items } = await providers.listModels()
  const offered = items.flatMap(({ name, models }) =>
    models.map(({ id, contextWindow }) => ({ provider: name, model: id, contextWindow })),
  )
  const known = new Set(offered.map(({ provider, model }) => JSON.stringify([provider, model])))
  const used = calls
    .map(({ provider, modelRequested }) => ({ provider, model: modelRequested }))
    .filter(({ provider, model }) => {
      const key = JSON.stringify([provider, model])
      return !known.has(key) && known.add(key)
    })
    .map((one) => ({ ...one, contextWindow: null }))
  return [...offered, ...used].flatMap(({ provider, model, contextWindow }) => {
    const target = targetOf(provider)
    return target === null || target.kind === 'demo'
      ? []
      : [{ target: { ...target, provider }, model, contextWindow }]
  })
}
