import type { PriceRates } from '#shared/ledger.ts'
import { LRUMap } from '../cache/lru-map.ts'
import type { ProviderConfig } from '../upstream/types.ts'

const FRESH_MS = 600_000
/** Covers a few long lists, and limits memory if a provider keeps changing its model names. */
const MAX_KNOWN = 10_000

type PriceOf = (provider: ProviderConfig, model: string) => PriceRates | null

/** Caches prices: searching a price list is slow, and a router offers hundreds of models. */
export class PriceCache {
  readonly #price: PriceOf
  readonly #known = new LRUMap<{ price: PriceRates | null; at: number }>(MAX_KNOWN)

  constructor(price: PriceOf) {
    this.#price = price
  }

  of(provider: ProviderConfig, model: string): PriceRates | null {
    const key = `${provider.name} ${model}`
    const known = this.#known.get(key)
    // By the monotonic clock, because the wall clock may be set back.
    if (known !== undefined && performance.now() - known.at < FRESH_MS) return known.price
    const price = this.#price(provider, model)
    this.#known.set(key, { price, at: performance.now() })
    return price
  }

  forget(): void {
    this.#known.clear()
  }
}
