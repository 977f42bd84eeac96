// For tests: checks over HTTP with the real wire and a fake upstream, and their ledger.
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import type { ApiKind } from '#shared/api.ts'
import type { GivenLimits } from '#shared/budgets.ts'
import { EndpointCheck, type StartCheck } from '#shared/checks.ts'
import type { ModelCall } from '#shared/ledger.ts'
import type { ProviderConfig } from '../upstream/types.ts'
import { BudgetGuard } from '../budgets/budget-guard.ts'
import { openFromTemplate } from './database-template.ts'
import { temporaryFolder } from './temporary-database.ts'
import { priceOf } from '../ledger/pricing/price-in-force.ts'
import { createLedger } from '../ledger/calls/record-call.ts'
import { Problem } from '../http/problem.ts'
import { DEMO_PROVIDER } from '../providers/demo-provider.ts'
import { Providers } from '../providers/providers.ts'
import { serveForTest } from './serve-app.ts'
import { openReports } from '../checks/report-store.ts'
import { Checks } from '../checks/checks.ts'
import type { PriceOf } from '../checks/plan-check.ts'
import { checkRoutes } from '../checks/routes.ts'

/** A model with a public price. */
export const MODEL = 'gpt-4.1-mini'
export const SECRET = 'sk-doctor-0123456789'

interface Options {
  folder?: string
  budgets?: GivenLimits
  api?: ApiKind
  idleTimeoutMs?: number
}

export async function checksOver(baseUrl: string | null, options: Options = {}) {
  const { folder = temporaryFolder(), budgets: given = {}, api = 'chat_completions' } = options
  const db = await openFromTemplate(join(folder, 'tally.db'))
  onTestFinished(() => db.close())
  const rows: ModelCall[] = []
  const booked = createLedger(db)
  const reports = await openReports(db)
  const providers = new Providers({
    configured: () => (baseUrl === null ? [] : [providerAt(baseUrl, api)]),
    defaultModel: () => null,
    discover: false,
    price: () => null,
    contextWindow: () => null,
  })
  const price: PriceOf = (target, inputTokens, at) =>
    priceOf(target, target.model, { at, inputTokens, serviceTier: null })
  const checks = new Checks({
    reports,
    providers,
    ledger: {
      ...booked,
      close: async (call, facts, target) => {
        const row = await booked.close(call, facts, target)
        rows.push(row)
        return row
      },
    },
    budgetGuard: new BudgetGuard({ db, given, now: () => new Date(), price }),
    price,
    idleTimeoutMs: options.idleTimeoutMs ?? 5000,
  })
  onTestFinished(() => checks.endAll())
  const app = checkRoutes(checks)
  app.onError((error) => {
    if (error instanceof Problem) return error.toResponse()
    throw error
  })
  const { port } = await serveForTest(() => app)
  const name = baseUrl === null ? DEMO_PROVIDER.name : 'fake'
  const send = (method: string, body?: object, query = '') =>
    fetch(`http://127.0.0.1:${port}/api/providers/${name}/check${query}`, {
      method,
      headers: { 'content-type': 'application/json' },
      ...(body && { body: JSON.stringify(body) }),
    })
  return {
    rows,
    reports,
    send,
    read: async () => EndpointCheck.parse(await (await send('GET')).json()),
    make: async (body: StartCheck = {}) => {
      const response = await send('POST', body)
      return EndpointCheck.parse(await response.json())
    },
  }
}

function providerAt(baseUrl: string, api: ApiKind): ProviderConfig {
  return {
    name: 'fake',
    kind: 'configured',
    baseUrl,
    api,
    apiKey: SECRET,
    keyName: null,
    storedKey: null,
    setBy: null,
    defaultModel: MODEL,
    models: [],
    modelPatterns: [],
    maxRetries: 0,
    headers: {},
  }
}
