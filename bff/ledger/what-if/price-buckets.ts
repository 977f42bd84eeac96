// Requests that every list prices alike, added up: made within the same half hour, and on the same
// side of every input length from which some list charges other rates. Where that makes too many,
// a day is priced as its first request: only lists with daily hours can tell the difference.
import type { PriceOverride } from '#shared/prices.ts'
import { listedProviders } from '../pricing/price-address.ts'
import { listThresholds } from '../pricing/price-list.ts'
import { NO_USAGE, type Usage } from '../usage/read-usage.ts'
import type { ComparedCall } from './what-if-store.ts'

export interface PriceBucket {
  at: Date
  /** Of one of them: all are on the same side of every threshold. */
  inputTokens: number
  usage: Usage
  requests: number
  durationMs: number
}

/** Daily hours of lists begin at full and half hours. */
const HALF_HOUR_MS = 1_800_000
const DAY_MS = 86_400_000
const MAX_BUCKETS = 100

let listed: number[] | null = null

/** The last input length at each old rate, the shortest first. */
export function thresholds(overrides: readonly PriceOverride[]): number[] {
  listed ??= listThresholds(listedProviders())
  const own = overrides.flatMap(({ tiers }) =>
    tiers.flatMap(({ threshold }) =>
      threshold === null ? [] : [threshold.inputTokens - (threshold.inclusive ? 1 : 0)],
    ),
  )
  return [...new Set([...listed, ...own])].toSorted((a, b) => a - b)
}

export function lumped(calls: ComparedCall[], edges: number[]): PriceBucket[] {
  const fine = lumpedBy(HALF_HOUR_MS, calls, edges)
  return fine.length <= MAX_BUCKETS ? fine : lumpedBy(DAY_MS, calls, edges)
}

function lumpedBy(stepMs: number, calls: ComparedCall[], edges: number[]): PriceBucket[] {
  const buckets = new Map<string, PriceBucket>()
  for (const call of calls) {
    const at = new Date(call.startedAt)
    const side = edges.filter((edge) => call.inputTokens > edge).length
    const key = `${Math.floor(at.getTime() / stepMs)} ${side}`
    const bucket = buckets.get(key)
    buckets.set(key, bucket === undefined ? bucketOf(call, at) : added(bucket, bucketOf(call, at)))
  }
  return [...buckets.values()]
}

function bucketOf(call: ComparedCall, at: Date): PriceBucket {
  const { inputTokens, outputTokens, cachedInputTokens, cacheWriteTokens, reasoningTokens } = call
  return {
    at,
    inputTokens,
    usage: {
      ...NO_USAGE,
      inputTokens,
      outputTokens,
      cachedInputTokens,
      cacheWriteTokens,
      reasoningTokens,
    },
    requests: 1,
    durationMs: call.durationMs,
  }
}

function added(a: PriceBucket, b: PriceBucket): PriceBucket {
  const sum = (one: number | null, other: number | null) => (one ?? 0) + (other ?? 0)
  return {
    ...a,
    usage: {
      ...a.usage,
      inputTokens: sum(a.usage.inputTokens, b.usage.inputTokens),
      outputTokens: sum(a.usage.outputTokens, b.usage.outputTokens),
      cachedInputTokens: sum(a.usage.cachedInputTokens, b.usage.cachedInputTokens),
      cacheWriteTokens: sum(a.usage.cacheWriteTokens, b.usage.cacheWriteTokens),
      reasoningTokens: sum(a.usage.reasoningTokens, b.usage.reasoningTokens),
    },
    requests: a.requests + b.requests,
    durationMs: a.durationMs + b.durationMs,
  }
}
