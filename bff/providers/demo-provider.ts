import type { ProviderConfig } from '../upstream/types.ts'

/** What answers when nothing is configured. Its price is the ledger's to know. */
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
