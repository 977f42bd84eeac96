// Prices a ledger row again with the current book, at the row's own time and from its stored usage. A
// row never loses its price, unless the user set that price and has since removed it.
import type { ModelCall } from '#shared/ledger.ts'
import type { PriceOverride } from '#shared/prices.ts'
import { listedAddress } from '../pricing/price-address.ts'
import { priceCall, type Priced } from '../pricing/price-call.ts'
import type { PriceTarget } from '../pricing/price.ts'
import { NO_USAGE, readUsage, type Usage } from '../usage/read-usage.ts'

/** Returns the provider's current settings. Null if the provider no longer exists. */
export type TargetOf = (provider: string) => PriceTarget | null

export interface RepriceBy {
  targetOf: TargetOf
  overrides: readonly PriceOverride[]
}

/** Returns null if the cost does not change. */
export function repriced(call: ModelCall, { targetOf, overrides }: RepriceBy): Priced | null {
  if (call.priceId === 'refused') return null
  const target = targetOf(call.provider) ?? rememberedTarget(call)
  const priced = priceAgain(call, target ?? NOWHERE, overrides)
  const isLost = priced.costNanoUsd === null && call.price?.origin !== 'override'
  if (isLost || (target === null && priced.price?.origin !== 'override')) return null
  const isSame = priced.costNanoUsd === call.costNanoUsd && priced.certainty === call.certainty
  return isSame ? null : priced
}

/** An address without a price list. */
const NOWHERE: PriceTarget = { kind: 'configured', baseUrl: null }

/** Restores what the row says about a provider that no longer exists. */
function rememberedTarget({ price }: ModelCall): PriceTarget | null {
  if (price?.origin === 'local') return { kind: 'discovered', baseUrl: null }
  return null
}

function priceAgain(
  call: ModelCall,
  target: PriceTarget,
  overrides: readonly PriceOverride[],
): Priced {
  const reported = readUsage(call.rawUsage, listedAddress(target.baseUrl)?.provider ?? null)
  const { modelReturned, modelRequested, startedAt: at, serviceTier, durationMs } = call
  const priced = priceCall({
    target: { ...target, provider: call.provider },
    modelReturned,
    modelRequested,
    at,
    serviceTier,
    usage: filled(reported ?? NO_USAGE, call),
    isEstimate: isEstimated(call, reported),
    overrides,
    durationMs,
  })
  const isResent = call.flags?.includes('resent') ?? false
  return isResent ? { ...priced, flags: [...priced.flags, 'resent'] } : priced
}

/** Counts that were not reported were estimated from the texts when the row was written. */
function filled(usage: Usage, call: ModelCall): Usage {
  return {
    ...usage,
    inputTokens: usage.inputTokens ?? call.inputTokens,
    outputTokens: usage.outputTokens ?? call.outputTokens,
  }
}

function isEstimated({ status, finishReason }: ModelCall, reported: Usage | null): boolean {
  const isRunningTotal =
    status !== 'completed' && finishReason === null && reported?.dialect !== 'llama.cpp'
  const isWhole =
    reported !== null &&
    (reported.reportedNanoUsd !== null ||
      (reported.inputTokens !== null && reported.outputTokens !== null))
  return isRunningTotal || !isWhole
}
