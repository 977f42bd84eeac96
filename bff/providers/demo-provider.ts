import type { ProviderConfig } from '../upstream/types.ts'

/** Answers if no provider is configured. The ledger knows its price. */
export const DEMO_PROVIDER: ProviderConfig = {
  name: 'demo',
  kind: 'demo',
  baseUrl: null,
  api: 'chat_completions',
  apiKey: null,
  keyName: null,
  storedKey: null,
  setBy: null,
  defaultModel: 'tally-demo',
  models: [],
  modelPatterns: [],
  maxRetries: 0,
  headers: {},
}
