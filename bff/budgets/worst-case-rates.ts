// The worst-case cost of a request, and the longest answer that an amount affords. A reservation is
// never less than the bill: all input counts as a cache write and all output as reasoning where that
// is more expensive.
import type { PriceInForce } from '../ledger/pricing/price.ts'

/** Nano-dollars per million tokens. */
export interface WorstCaseRates {
  input: bigint
  output: bigint
  /** In nano-dollars. */
  perRequest: bigint
}

const MILLION = 1_000_000n

export function worstCaseRatesOf({ rates }: Pick<PriceInForce, 'rates'>): WorstCaseRates {
  return {
    input: highest(rates.input, rates.cacheWrite),
    output: highest(rates.output, rates.reasoning),
    perRequest: (rates.request ?? 0n) / MILLION + 1n,
  }
}

function highest(rate: bigint, other: bigint | null): bigint {
  return other !== null && other > rate ? other : rate
}

export function costAtMost(worstCaseRates: WorstCaseRates, input: number, output: number): number {
  const fixed = isFree(worstCaseRates) ? 0n : worstCaseRates.perRequest
  return Number(
    fixed + perToken(worstCaseRates.input, input) + perToken(worstCaseRates.output, output),
  )
}

/** Returns the output tokens that `nanoUsd` affords beside the input. Negative if it does not fit. */
export function outputWithin(
  worstCaseRates: WorstCaseRates,
  input: number,
  nanoUsd: number,
): number {
  const left = nanoUsd - costAtMost(worstCaseRates, input, 0)
  if (isFree(worstCaseRates)) return Infinity
  if (left < 0) return -1
  return worstCaseRates.output === 0n
    ? Infinity
    : Number((BigInt(left) * MILLION) / worstCaseRates.output)
}

function isFree({ input, output, perRequest }: WorstCaseRates): boolean {
  return input === 0n && output === 0n && perRequest <= 1n
}

/** Rounds each component up, as it is billed. */
function perToken(rate: bigint, tokens: number): bigint {
  return (rate * BigInt(tokens) + MILLION - 1n) / MILLION
}
