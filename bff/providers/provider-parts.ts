// The dependencies of `Providers`.
import type { CheckedCapabilities } from '#shared/checks.ts'
import type { PriceRates } from '#shared/ledger.ts'
import type { DefaultModel } from '#shared/provider-settings.ts'
import type { ProviderConfig } from '../upstream/types.ts'
import type { LocalServer } from './discover.ts'

export interface ProviderParts {
  /** Called each time, because the user adds and removes providers while Tally runs. */
  configured(): ProviderConfig[]
  /** The model that the user chose for new conversations. */
  defaultModel(): DefaultModel | null
  /** True to look for local servers. */
  discover: boolean
  price(provider: ProviderConfig, model: string): PriceRates | null
  contextWindow(provider: ProviderConfig, model: string): number | null
  /** The context window that the user entered, in tokens, or null. */
  givenWindow?: (provider: string, model: string) => number | null
  /** The findings of a check. Null if the model was not checked. */
  known?: (provider: ProviderConfig, model: string) => CheckedCapabilities | null
  isFavorite?: (provider: string, model: string) => boolean
  /** For tests. */
  localServers?: LocalServer[]
}

export interface WantedModel {
  provider: string | null
  model: string | null
}
