// Finds the input length from which a model charges other rates for the whole request.
import type { PriceOverride } from '#shared/prices.ts'
import type { Circumstances, Pricer } from './price.ts'
import { thresholds } from '../what-if/price-buckets.ts'

export interface PriceStep {
  /** The shortest input, in tokens, that is charged at the new rate. */
  fromTokens: number
  reached: boolean
  /** The ratio of the new input rate to the old one. */
  times: number
}

/** The share of a step's input length from which the step counts as near. */
const NEAR = 0.8

/** Returns the next step if it is near, else the last step passed, else null. */
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
