// Prices that are in no list: a local server's, and the demo's.
import type { Rates } from './price-list.ts'
import type { PriceInForce } from './price.ts'

const NO_RATES: Rates = {
  input: 0n,
  cachedInput: null,
  cacheWrite: null,
  longCacheWrite: null,
  output: 0n,
  reasoning: null,
  citation: null,
  audioInput: null,
  cachedAudioInput: null,
  audioOutput: null,
  request: null,
  webSearch: null,
}

const FIXED = {
  effectiveFrom: null,
  tier: null,
  isTierUnpriced: false,
  isRequestFeeAtMost: false,
  perHour: null,
  beatsReported: false,
}

export const LOCAL_PRICE: PriceInForce = {
  ...FIXED,
  id: 'local',
  rates: NO_RATES,
  origin: 'local',
  source: 'a server on this computer',
}

/** 1, 0.10 and 4 dollars per million tokens, like a small hosted model. Not billed. */
export const DEMO_PRICE: PriceInForce = {
  ...FIXED,
  id: 'demo',
  rates: { ...NO_RATES, input: 1_000_000_000n, cachedInput: 100_000_000n, output: 4_000_000_000n },
  origin: 'demo',
  source: 'demo price, nobody is billed',
}
