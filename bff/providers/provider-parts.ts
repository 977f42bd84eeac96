// What the providers are made of.
import type { CheckedCapabilities } from '#shared/checks.ts'
import type { PriceRates } from '#shared/ledger.ts'
import type { DefaultModel } from '#shared/provider-settings.ts'
import type { ProviderConfig } from '../upstream/types.ts'
import type { LocalServer } from './discover.ts'

export interface ProviderParts {
  /** Asked anew each time: a person adds and removes some while Tally runs. */
  configured(): ProviderConfig[]
  /** What somebody chose for new conversations. */
  defaultModel(): DefaultModel | null
  /** Look for local servers. */
  discover: boolean
  price(provider: ProviderConfig, model: string): PriceRates | null
  contextWindow(provider: ProviderConfig, model: string): number | null
  /** The window that somebody typed in; null: nobody did. */
  givenWindow?: (provider: string, model: string) => number | null
  /** What a check found out about a model; null where none was made. */
  known?: (provider: ProviderConfig, model: string) => CheckedCapabilities | null
  /** For tests. */
  localServers?: LocalServer[]
}

export interface WantedModel {
  provider: string | null
  model: string | null
}
