// The types of a price and of what it depends on.
import type { ProviderKind } from '#shared/api.ts'
import type { PriceOrigin } from '#shared/ledger.ts'
import type { PriceOverride } from '#shared/prices.ts'
import type { Rates } from './price-list.ts'

export interface PriceTarget {
  kind: ProviderKind
  baseUrl: string | null
  /** The provider's name in Tally, which a price the user set can refer to. */
  provider?: string
}

export interface PriceInForce {
  id: string
  rates: Rates
  origin: PriceOrigin
  source: string
  effectiveFrom: string | null
  tier: string | null
  /** True if the service tier has no rate in the book: these are the standard rates. */
  isTierUnpriced: boolean
  /** True if the list gives the highest fee per request, not the fee that was charged. */
  isRequestFeeAtMost: boolean
  /** Nano-dollars per hour of the server, in addition to its rates. Null if time costs nothing. */
  perHour: bigint | null
  /** True if this price takes precedence over an amount that the provider reports. */
  beatsReported: boolean
}

export interface Circumstances {
  at: Date
  inputTokens: number
  serviceTier: string | null
  /** The prices the user set, newest first. */
  overrides?: readonly PriceOverride[]
}

/** Prices any number of requests to one model. */
export type Pricer = (circumstances: Circumstances) => PriceInForce | null
