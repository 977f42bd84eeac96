// Computes what the requests of a conversation would cost on other models. The token counts are those of
// the model that answered. Another model would count, cache and think differently, so every amount
// except a request's own is an estimate. Yields to the event loop between steps and models.
import { setImmediate as yieldToEventLoop } from 'node:timers/promises'
import { addCall, NO_CALLS, type Totals } from '#shared/ledger.ts'
import type { Certainty } from '#shared/money-schema.ts'
import type { PriceOverride } from '#shared/prices.ts'
import type { WhatIf, WhatIfModel } from '#shared/what-if.ts'
import { costLines, sumOfLines } from '../pricing/price-call.ts'
import type { Compared, ComparedCall } from './what-if-store.ts'
import { type PriceBucket, groupIntoBuckets, thresholds } from './price-buckets.ts'
import { type Candidate, candidates, type OwnModel } from './models.ts'

/** The length of the longest conversations. */
export const MAX_CALLS = 2000

/** The requests as seen from one model. */
interface SplitCalls {
  /** The total billed for requests that this model answered. */
  own: Totals
  /** The requests that other models answered. */
  others: PriceBucket[]
}

interface Comparison {
  billed: Totals
  maxInput: number
  overrides: readonly PriceOverride[]
}

export interface WhatIfModels {
  own: OwnModel[]
  /** The prices the user set. */
  overrides: readonly PriceOverride[]
  isFavorite: (provider: string, model: string) => boolean
  now: Date
}

/** Returns the cost on each model: favourites first, then the user's own models, then by price. */
export async function whatIf(
  { calls, uncounted, older }: Compared,
  { own, overrides, isFavorite, now }: WhatIfModels,
): Promise<WhatIf> {
  const billed = calls.reduce(addCall, NO_CALLS)
  const leftOut = { uncounted, older }
  if (calls.length === 0) return { billed, leftOut, items: [], nextCursor: null }
  // Reading the requests has just taken a while.
  await yieldToEventLoop()
  const edges = thresholds(overrides)
  await yieldToEventLoop()
  const maxInput = calls.reduce((most, { inputTokens }) => Math.max(most, inputTokens), 0)
  const answers = answersByModel(calls)
  const all: SplitCalls = { own: NO_CALLS, others: groupIntoBuckets(calls, edges) }
  const items: WhatIfModel[] = []
  for (const candidate of candidates(own, now)) {
    await yieldToEventLoop()
    const mine = candidate.from === 'own' ? answers.get(keyOf(candidate)) : undefined
    const asked = mine === undefined ? all : seenBy(mine, calls, edges)
    const row = rowOf(candidate, asked, { billed, maxInput, overrides })
    if (row === null) continue
    items.push({ ...row, favorite: isFavorite(row.provider, row.model) })
  }
  return { billed, leftOut, items: items.toSorted(inListOrder), nextCursor: null }
}

/** Maps each model to its requests, under both the requested and the returned name. */
function answersByModel(calls: ComparedCall[]): Map<string, Set<ComparedCall>> {
  const answers = new Map<string, Set<ComparedCall>>()
  for (const call of calls) {
    const { provider, modelRequested, modelReturned } = call
    for (const model of [modelRequested, modelReturned ?? modelRequested]) {
      const key = keyOf({ provider, model })
      answers.set(key, (answers.get(key) ?? new Set()).add(call))
    }
  }
  return answers
}

function keyOf({ provider, model }: Pick<Candidate, 'provider' | 'model'>): string {
  return JSON.stringify([provider, model])
}

function seenBy(mine: Set<ComparedCall>, calls: ComparedCall[], edges: number[]): SplitCalls {
  const others = calls.filter((call) => !mine.has(call))
  return { own: [...mine].reduce(addCall, NO_CALLS), others: groupIntoBuckets(others, edges) }
}

/** Returns null if the model has no price. */
function rowOf(
  { pricer, contextWindow, ...candidate }: Candidate,
  { own, others }: SplitCalls,
  { billed, maxInput, overrides }: Comparison,
): Omit<WhatIfModel, 'favorite'> | null {
  let { unpricedCalls } = own
  let cost = own.costNanoUsd ?? 0
  let hasCacheRate: boolean | null = null
  for (const bucket of others) {
    const { at, inputTokens, requests, usage } = bucket
    const price = pricer({ at, inputTokens, serviceTier: null, overrides })
    const lines = price === null ? null : costLines(bucket, price)
    cost += sumOfLines(lines ?? [])
    if (price === null || lines === null) unpricedCalls += requests
    else if ((usage.cachedInputTokens ?? 0) > 0) hasCacheRate = price.rates.cachedInput !== null
  }
  if (unpricedCalls === billed.calls) return null
  const isWhole = unpricedCalls === 0 && billed.unpricedCalls === 0
  const billedNanoUsd = billed.costNanoUsd ?? 0
  return {
    ...candidate,
    used: own.calls > 0,
    costNanoUsd: cost,
    certainty: certaintyOf(own, others, unpricedCalls),
    unpricedCalls,
    differenceNanoUsd: isWhole ? cost - billedNanoUsd : null,
    ratio: isWhole && billedNanoUsd > 0 ? cost / billedNanoUsd : null,
    hasCacheRate,
    fits: contextWindow === null ? null : maxInput <= contextWindow,
  }
}

function certaintyOf(own: Totals, others: PriceBucket[], unpricedCalls: number): Certainty {
  if (unpricedCalls > 0) return 'unknown'
  return others.length > 0 ? 'estimated' : own.certainty
}

function inListOrder(a: WhatIfModel, b: WhatIfModel): number {
  if (a.favorite !== b.favorite) return a.favorite ? -1 : 1
  if (a.from !== b.from) return a.from === 'own' ? -1 : 1
  return (a.costNanoUsd ?? 0) - (b.costNanoUsd ?? 0)
}
