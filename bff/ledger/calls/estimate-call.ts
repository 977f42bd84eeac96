// Estimates the cost of a call before it is sent: its input, and the rate of its output.
import type { CallEstimate } from '#shared/pending-call.ts'
import type { PriceOverride } from '#shared/prices.ts'
import type { CallStart, ModelTarget } from '../../upstream/types.ts'
import { costLines, sumOfLines } from '../pricing/price-call.ts'
import { priceOf } from '../pricing/price-in-force.ts'
import { NO_USAGE } from '../usage/read-usage.ts'

/** Returns the input cost in nano-dollars and the output rate per million tokens; null if unpriced. */
export function estimateCall(
  { id, startedAt }: CallStart,
  target: ModelTarget,
  inputTokens: number,
  overrides: readonly PriceOverride[],
): CallEstimate {
  const at = new Date(startedAt)
  const price = priceOf(target, target.model, { at, inputTokens, serviceTier: null, overrides })
  const usage = { ...NO_USAGE, inputTokens, outputTokens: 0 }
  return {
    modelCallId: id,
    inputTokens,
    inputNanoUsd: price === null ? null : sumOfLines(costLines({ usage }, price) ?? []),
    outputNanoUsdPerMTok: price === null ? null : Number(price.rates.output),
    ...(target.kind === 'demo' && { demo: true }),
  }
}
