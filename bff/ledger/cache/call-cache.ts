// How much of a request its provider read from cache, and the likely cause of a miss. Providers
// guarantee nothing, so a miss is only reported when it is clear, with its most likely cause.
import type { CallCache, MissCause } from '#shared/call-cache.ts'
import type { ModelCall } from '#shared/ledger.ts'
import type { Reuse } from './prefix-store.ts'

/** Providers do not cache shorter prompts: OpenAI and most others start at 1,024 tokens. */
const MIN_TOKENS = 1024
/** Most caches drop a prefix after five to ten minutes without a request. */
const LIFE_MS = 5 * 60_000
/** Leaves a margin: caches store whole blocks, and the common prefix is only estimated. */
const SURE = 0.9
const BLOCK_TOKENS = 256

type Counted = Pick<ModelCall, 'inputTokens' | 'cachedInputTokens'>

/** Returns a request's cache hit rate (0 to 1), the cause of a miss, and how many tokens it missed. */
export function callCache(call: Counted, reuse: Reuse | undefined): CallCache {
  const { inputTokens, cachedInputTokens: cached } = call
  const nothing = { cause: null, changedNumber: null, gapMs: null, missedTokens: null }
  if (cached === null || inputTokens === null || inputTokens === 0)
    return { ...nothing, hitRate: null }
  const hitRate = Math.min(1, cached / inputTokens)
  if (reuse === undefined) return { ...nothing, hitRate }
  const { change, changedNumber, gapMs, previousTokens } = reuse
  if (change === 'first') return { ...nothing, hitRate, cause: cached === 0 ? 'first' : null }
  if (previousTokens === null) return { ...nothing, hitRate }
  const possible = Math.min(previousTokens, inputTokens)
  if (!isMiss(cached, possible)) return { ...nothing, hitRate }
  const cause = causeOf(cached, possible, reuse)
  return {
    hitRate,
    cause,
    changedNumber: cause === change ? changedNumber : null,
    gapMs,
    missedTokens: possible - cached,
  }
}

function isMiss(cached: number, possible: number): boolean {
  return possible < MIN_TOKENS ? cached === 0 : cached < possible * SURE - BLOCK_TOKENS
}

function causeOf(
  cached: number,
  possible: number,
  { change, gapMs, commonTokens }: Reuse,
): MissCause {
  if (possible < MIN_TOKENS) return 'too_short'
  const isOld = gapMs !== null && gapMs > LIFE_MS
  const common = commonTokens ?? 0
  // The unchanged part was not cached either.
  const isForgotten = isOld && common >= MIN_TOKENS && isMiss(cached, common)
  if (change !== null && !isForgotten) return change
  return isOld ? 'expired' : (change ?? 'unknown')
}
