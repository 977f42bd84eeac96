// What a request can cost at most, and how long an answer an amount affords. Always for the worst
// case, so that what is held back is never less than what is billed: all input is written to the
// cache where that costs more, and all output is reasoning where that does.
import type { PriceInForce } from '../ledger/pricing/price.ts'

/** Nano-dollars per million tokens. */
export interface WorstCaseRates {
  input: bigint
  output: bigint
  /** Nano-dollars. */
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

/** How many output tokens fit into `nanoUsd` beside the input; below zero when not even that fits. */
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

/** Rounded up, each component by itself, as it is billed. */
function perToken(rate: bigint, tokens: number): bigint {
  return (rate * BigInt(tokens) + MILLION - 1n) / MILLION
}
