// The input length from which a model charges the whole request at other rates.
import type { PriceOverride } from '#shared/prices.ts'
import type { Circumstances, Pricer } from './price.ts'
import { thresholds } from '../what-if/price-buckets.ts'

export interface PriceStep {
  /** The first length that is charged so. */
  fromTokens: number
  reached: boolean
  /** How many times as much an input token costs there. */
  times: number
}

/** From here on a step is near. */
const NEAR = 0.8

/** The one that was passed last, or else the next one, when it is near. */
export function priceStep(
  pricer: Pricer,
  inputTokens: number,
  at: Date,
  overrides: readonly PriceOverride[],
): PriceStep | null {
  const asked: Omit<Circumstances, 'inputTokens'> = { at, serviceTier: null, overrides }
  const steps = thresholds(overrides).flatMap((last): PriceStep[] => {
    const before = pricer({ ...asked, inputTokens: last })?.rates.input
    const after = pricer({ ...asked, inputTokens: last + 1 })?.rates.input
    if (before === undefined || after === undefined || after <= before || before === 0n) return []
    const times = Number(after) / Number(before)
    return [{ fromTokens: last + 1, reached: inputTokens > last, times }]
  })
  const passed = steps.findLast(({ reached }) => reached)
  const next = steps.find(({ reached }) => !reached)
  const isNear = next !== undefined && inputTokens >= next.fromTokens * NEAR
  return isNear ? next : (passed ?? null)
}
