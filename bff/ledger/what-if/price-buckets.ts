// Adds up requests that every list prices alike: those of the same half hour and between the same two
// thresholds of input length. If that gives too many buckets, a day is priced as its first request,
// which only differs for lists with daily windows.
import type { PriceOverride } from '#shared/prices.ts'
import { listedProviders } from '../pricing/price-address.ts'
import { listThresholds } from '../pricing/price-list.ts'
import { NO_USAGE, type Usage } from '../usage/read-usage.ts'
import type { ComparedCall } from './what-if-store.ts'

export interface PriceBucket {
  at: Date
  /** The input length of one request, in tokens; all others lie between the same two thresholds. */
  inputTokens: number
  usage: Usage
  requests: number
  durationMs: number
}

/** Daily windows begin at full and half hours. */
const HALF_HOUR_MS = 1_800_000
const DAY_MS = 86_400_000
const MAX_BUCKETS = 100

let listed: number[] | null = null

/** Returns the longest input, in tokens, at each old rate, shortest first. */
export function thresholds(overrides: readonly PriceOverride[]): number[] {
  listed ??= listThresholds(listedProviders())
  const own = overrides.flatMap(({ tiers }) =>
    tiers.flatMap(({ threshold }) =>
      threshold === null ? [] : [threshold.inputTokens - (threshold.inclusive ? 1 : 0)],
    ),
  )
  return [...new Set([...listed, ...own])].toSorted((a, b) => a - b)
}

/** Groups requests; `edges` are the thresholds in tokens, in ascending order. */
export function groupIntoBuckets(calls: ComparedCall[], edges: number[]): PriceBucket[] {
  const fine = groupBy(HALF_HOUR_MS, calls, edges)
  return fine.length <= MAX_BUCKETS ? fine : groupBy(DAY_MS, calls, edges)
}

function groupBy(stepMs: number, calls: ComparedCall[], edges: number[]): PriceBucket[] {
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
