// What a request can cost at most, and how long an answer an amount affords. Always for the worst
// case, so that what is held back is never less than what is billed: all input is written to the
// cache where that costs more, and all output is reasoning where that does.
import type { PriceInForce } from '../ledger/price.ts'

/** Nano-dollars per million tokens. */
export interface Tariff {
  input: bigint
  output: bigint
  /** Nano-dollars. */
  perRequest: bigint
}

const MILLION = 1_000_000n

export function tariffOf({ rates }: Pick<PriceInForce, 'rates'>): Tariff {
  return {
    input: highest(rates.input, rates.cacheWrite),
    output: highest(rates.output, rates.reasoning),
    perRequest: (rates.request ?? 0n) / MILLION + 1n,
  }
}

function highest(rate: bigint, other: bigint | null): bigint {
  return other !== null && other > rate ? other : rate
}

export function costAtMost(tariff: Tariff, input: number, output: number): number {
  const fixed = isFree(tariff) ? 0n : tariff.perRequest
  return Number(fixed + perToken(tariff.input, input) + perToken(tariff.output, output))
}

/** How many output tokens fit into `nanoUsd` beside the input; below zero when not even that fits. */
export function outputWithin(tariff: Tariff, input: number, nanoUsd: number): number {
  const left = nanoUsd - costAtMost(tariff, input, 0)
  if (isFree(tariff)) return Infinity
  if (left < 0) return -1
  return tariff.output === 0n ? Infinity : Number((BigInt(left) * MILLION) / tariff.output)
}

function isFree({ input, output, perRequest }: Tariff): boolean {
  return input === 0n && output === 0n && perRequest <= 1n
}

/** Rounded up, each component by itself, as it is billed. */
function perToken(rate: bigint, tokens: number): bigint {
  return (rate * BigInt(tokens) + MILLION - 1n) / MILLION
}
