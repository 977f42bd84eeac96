// Whether a ledger row that comes from outside is what its rates, its quantities and its tokens say.
import { divide } from '#shared/decimal.ts'
import type { CostLine, ModelCall } from '#shared/ledger.ts'

const MILLION = 1_000_000n
const INPUT_KINDS = ['input', 'cached_input', 'cache_write', 'audio_input', 'cached_audio_input']

/** Each line is quantity × rate, rounded once; the lines add up to the amount. */
export function addsUp(call: ModelCall): boolean {
  const { lines = [], computedNanoUsd = null, costNanoUsd, certainty } = call
  if ((costNanoUsd === null) !== (certainty === 'unknown')) return false
  if (!lines.every(isExact) || !hasInput(call, lines)) return false
  const sum = Number(lines.reduce((total, line) => total + BigInt(line.amountNanoUsd), 0n))
  if (lines.length > 0 && computedNanoUsd !== sum) return false
  const isComputed = certainty === 'computed' || certainty === 'estimated'
  return !isComputed || computedNanoUsd === null || costNanoUsd === computedNanoUsd
}

function isExact({ kind, quantity, perMillion, amountNanoUsd }: CostLine): boolean {
  const exact = Number(divide(BigInt(quantity) * BigInt(perMillion), MILLION))
  // The shown rate per millisecond is rounded, the amount is not made from it.
  const slack = kind === 'time' ? Math.ceil(amountNanoUsd / 1000) : 0
  return Math.abs(exact - amountNanoUsd) <= slack
}

/** The input is split among its lines, unless the provider's own counts contradict each other. */
function hasInput({ inputTokens, flags = [] }: ModelCall, lines: CostLine[]): boolean {
  const inputs = lines.filter(({ kind }) => INPUT_KINDS.includes(kind))
  if (inputTokens === null || inputs.length === 0 || flags.includes('parts_exceed_whole')) {
    return true
  }
  return inputs.reduce((sum, { quantity }) => sum + quantity, 0) === inputTokens
}

/** The sum as totals have it: demo rows count only if there are no others. Null: no row has a price. */
export function sumOf(calls: ModelCall[]): number | null {
  const billed = calls.filter(({ demo }) => demo !== true)
  const counted = billed.length > 0 ? billed : calls
  const amounts = counted.flatMap(({ costNanoUsd }) => costNanoUsd ?? [])
  return amounts.length === 0 ? null : amounts.reduce((sum, amount) => sum + amount, 0)
}
