// One small model call for a program, over HTTP. It ends when the connection of the caller does.
import { Hono } from 'hono'
import pLimit from 'p-limit'
import { Query, QueryResult } from '#shared/query.ts'
import { budgetedLedger, notMade } from '../budgets/budgeted-ledger.ts'
import type { BudgetGuard } from '../budgets/budget-guard.ts'
import { CHANGE, json, operation } from '../http/operation.ts'
import { Problem } from '../http/problem.ts'
import { body } from '../http/request.ts'
import type { Providers } from '../providers/providers.ts'
import { type QueryAnswer, type QueryCall, QueryError } from '../runtime/query.ts'
import { ProviderError } from '../upstream/provider-error.ts'
import type { ModelTarget } from '../upstream/types.ts'
import { t } from '#shared/translate.ts'

export interface QueryDeps {
  providers: Pick<Providers, 'resolve'>
  ledger: Parameters<typeof budgetedLedger>[0]
  budgetGuard: BudgetGuard
  /** How long the model may take: nothing is heard while it writes the whole answer. */
  answerTimeoutMs: number
  ask: (call: QueryCall) => Promise<QueryAnswer>
  ending: AbortSignal
}

/** So that programs leave the model to the people who wait for an answer. */
const MAX_QUERIES = 8
const MAX_QUEUED = 32
const stopped = () => t`The call was stopped, because its caller left or Tally ends.`

export function queryRoutes(deps: QueryDeps): Hono {
  const app = new Hono()
  const limit = pLimit(MAX_QUERIES)
  app.post(
    '/api/query',
    operation({
      operationId: 'query',
      summary: 'One model call: a text, or the arguments of a function that the model must call',
      description:
        'The call is in the ledger with the purpose `query`, belongs to no conversation, and is held by the budgets. It is retried after a rate limit, a connection error, a timeout or a server error, and nothing else. Eight calls are made at once and 32 more wait; the next one gets 429 with `Retry-After`. Settings that are null are not sent.',
      responses: { 200: json(QueryResult) },
      problems: [
        ...CHANGE,
        'provider_not_found',
        'model_not_found',
        'model_not_set',
        'over_budget',
        'too_many_queries',
        'model_failed',
        'function_not_called',
        'wrong_function',
        'arguments_unreadable',
      ],
    }),
    body(Query),
    async (c) => {
      if (limit.pendingCount >= MAX_QUEUED) throw new Problem('too_many_queries')
      const asked = c.req.valid('json')
      return c.json(await limit(() => answer(deps, asked, c.req.raw.signal)))
    },
  )
  return app
}

async function answer(deps: QueryDeps, asked: Query, left: AbortSignal): Promise<QueryResult> {
  const { providers, ledger, budgetGuard, answerTimeoutMs, ask, ending } = deps
  const { provider = null, model = null, system, user, function: called, settings } = asked
  const target = await providers.resolve({ provider, model })
  const signal = AbortSignal.any([left, ending])
  const made = await ask({
    purpose: 'query',
    conversationId: null,
    target,
    system,
    user,
    function: called,
    settings,
    ledger: budgetedLedger(ledger, budgetGuard, notMade),
    idleTimeoutMs: answerTimeoutMs,
    signal,
  }).catch((error: unknown) => {
    throw signal.aborted ? new Problem('model_failed', stopped()) : problemOf(error, target)
  })
  const { inputTokens, outputTokens } = made.call
  return { ...made, inputTokens, outputTokens }
}

function problemOf(error: unknown, { provider }: ModelTarget): unknown {
  if (error instanceof QueryError) return new Problem(error.code, error.message)
  if (!(error instanceof ProviderError)) return error
  if (error.code === 'over_budget') return new Problem('over_budget', error.message)
  return new Problem('model_failed', error.message, provider)
}
