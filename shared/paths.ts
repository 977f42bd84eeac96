// The paths of the API, shared by server and page.
import { chatPaths } from './chat-paths.ts'

export const paths = {
  ...chatPaths,
  health: '/api/health',
  providers: '/api/providers',
  providerCheck: <Name extends string>(name: Name) => `/api/providers/${name}/check` as const,
  provider: <Name extends string>(name: Name) => `/api/providers/${name}` as const,
  providerKey: <Name extends string>(name: Name) => `/api/providers/${name}/key` as const,
  providerWindow: <Name extends string>(name: Name) =>
    `/api/providers/${name}/context-window` as const,
  providerModels: <Name extends string>(name: Name) => `/api/providers/${name}/models` as const,
  settings: '/api/settings',
  agents: '/api/agents',
  context: <Id extends string>(conversationId: Id) =>
    `/api/conversations/${conversationId}/context` as const,
  /** For a conversation that does not exist yet. */
  estimate: '/api/estimate',
  estimateNext: <Id extends string>(conversationId: Id) =>
    `/api/conversations/${conversationId}/estimate` as const,
  cache: <Id extends string>(conversationId: Id) =>
    `/api/conversations/${conversationId}/cache` as const,
  whatIf: <Id extends string>(conversationId: Id) =>
    `/api/conversations/${conversationId}/what-if` as const,
  toolUses: <Id extends string>(conversationId: Id) =>
    `/api/conversations/${conversationId}/tool-uses` as const,
  billed: <Id extends string>(conversationId: Id) =>
    `/api/conversations/${conversationId}/billed` as const,
  run: <Id extends string>(runId: Id) => `/api/runs/${runId}` as const,
  calls: <Id extends string>(runId: Id) => `/api/runs/${runId}/calls` as const,
  budgets: '/api/budgets',
  usageSummary: '/api/usage/summary',
  usageCalls: '/api/usage/calls',
  usageToolUses: '/api/usage/tool-uses',
  reconcile: '/api/reconcile',
  reconcileOpenAi: '/api/reconcile/openai',
  usageCsv: '/api/usage/export.csv',
  usageJson: '/api/usage/export.json',
  prices: '/api/prices',
  priceOverrides: '/api/prices/overrides',
  priceOverride: <Id extends string>(id: Id) => `/api/prices/overrides/${id}` as const,
  pricesExport: '/api/prices/export',
  pricesImport: '/api/prices/import',
  reprice: '/api/prices/reprice',
  priceBatch: <Id extends string>(id: Id) => `/api/prices/reprice/${id}` as const,
  undoReprice: <Id extends string>(id: Id) => `/api/prices/reprice/${id}/undo` as const,
  openapi: '/api/openapi.json',
} as const
