// Puts together what the next request carries, its estimate, summaries, and the small calls of programs.
import { DEFAULT_AGENT } from './agents/registry.ts'
import type { BudgetGuard } from './budgets/budget-guard.ts'
import type { Reports } from './checks/report-store.ts'
import type { Config } from './config/config.ts'
import { estimateParts } from './context/estimate-parts.ts'
import type { EstimateDeps } from './context/estimate-request.ts'
import { estimateRoutes } from './context/estimate-routes.ts'
import { Summaries } from './context/make-summary.ts'
import { nextModelOf } from './context/next-model.ts'
import { contextRoutes } from './context/routes.ts'
import { summaryRoutes } from './context/summary-routes.ts'
import { toolUsageRoutes } from './context/usage-routes.ts'
import type { Database } from './db/open.ts'
import type { Ledger } from './ledger/calls/record-call.ts'
import type { PriceBook } from './ledger/pricing/price-book.ts'
import type { Providers } from './providers/providers.ts'
import { queryRoutes } from './query/routes.ts'
import type { AgentParts } from './runtime/agent-parts.ts'
import type { TextsOf } from './runtime/agent-texts.ts'
import { query, type QueryCall } from './runtime/query.ts'

interface ContextParts {
  db: Database
  config: Config
  book: PriceBook
  providers: Providers
  reports: Reports
  budgetGuard: BudgetGuard
  ledger: Ledger
  agentParts: AgentParts
  textsOf: TextsOf
  checkAgent: (agent: string) => void
  summarizeAbove: () => number | null
  defaultInstructions: EstimateDeps['defaultInstructions']
  attach: EstimateDeps['attach']
  /** Aborts when the process ends. */
  ending: AbortSignal
  now: () => Date
}

export function composeContext({ config, book, agentParts, ...parts }: ContextParts) {
  const { db, providers, textsOf } = parts
  const { answerTimeoutMs } = config
  const ask = (call: QueryCall) => query(call, agentParts)
  const overrides = () => book.overrides()
  const summaries = new Summaries({ ...parts, overrides, ask, answerTimeoutMs })
  const estimating = { ...parts, defaultAgent: DEFAULT_AGENT, agentParts, overrides }
  return {
    summaries,
    modules: [
      contextRoutes({ db, textsOf, nextModel: nextModelOf(providers) }),
      toolUsageRoutes({ db }),
      estimateRoutes(estimateParts(estimating)),
      summaryRoutes(summaries),
      queryRoutes({ ...parts, ask, answerTimeoutMs }),
    ],
  }
}
