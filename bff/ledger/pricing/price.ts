// What is asked about a price, and what a price says.
import type { ProviderKind } from '#shared/api.ts'
import type { PriceOrigin } from '#shared/ledger.ts'
import type { PriceOverride } from '#shared/prices.ts'
import type { Rates } from './price-list.ts'

export interface PriceTarget {
  kind: ProviderKind
  baseUrl: string | null
  /** Its name here, which a price that a person set can ask for. */
  provider?: string
}

export interface PriceInForce {
  id: string
  rates: Rates
  origin: PriceOrigin
  source: string
  effectiveFrom: string | null
  tier: string | null
  /** The service tier used has no rate of its own in the book: these are the standard rates. */
  isTierUnpriced: boolean
  /** The list names the highest fee per request, not the one that was charged. */
  isRequestFeeAtMost: boolean
  /** Nano-dollars for an hour of the server, beside its rates; null: time costs nothing. */
  perHour: bigint | null
  /** Also where the provider names an amount itself. */
  beatsReported: boolean
}

export interface Circumstances {
  at: Date
  inputTokens: number
  serviceTier: string | null
  /** What the person set, the newest first. */
  overrides?: readonly PriceOverride[]
}

/** Prices of one model, for as many requests as one likes. */
export type Pricer = (circumstances: Circumstances) => PriceInForce | null
