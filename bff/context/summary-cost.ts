// What a summary costs and saves. A provider's cache reads the beginning of a request at a lower rate
// while it stays the same; a summary changes it once, and each later request carries less.
import { PriceRates } from '#shared/price-rates.ts'
import type { SummaryPreview } from '#shared/summaries.ts'
import { costLines, sumOfLines } from '../ledger/pricing/price-call.ts'
import type { PriceInForce } from '../ledger/pricing/price.ts'
import { NO_USAGE } from '../ledger/usage/read-usage.ts'
import type { ChatUse, RequestSince } from './summary-store.ts'

/** The share of the original that a summary takes, and its limits in tokens. */
const SHARE = 1 / 8
const MIN_TOKENS = 100
const MAX_TOKENS = 1_200
/** Of the instructions to summarize. */
const PROMPT_TOKENS = 200

export interface SummarySizes {
  /** Of what is summarized, in parts. */
  parts: number[]
  replacedTokens: number
  keptTokens: number
  /** Of instructions and tools, which a summary does not change. */
  fixedTokens: number
}

type Expected = Pick<
  SummaryPreview,
  'tokens' | 'costNanoUsd' | 'lostCacheNanoUsd' | 'savesPerTurnNanoUsd' | 'paysAfterTurns'
>

/** `priceOf` gives the price for an input of this length; null if there is none. */
export function expectedOf(
  sizes: SummarySizes,
  use: ChatUse,
  priceOf: (inputTokens: number) => PriceInForce | null,
): Expected {
  const { parts, replacedTokens, keptTokens, fixedTokens } = sizes
  const guess = Math.round(replacedTokens * SHARE)
  const tokens = Math.min(Math.max(guess, MIN_TOKENS), MAX_TOKENS, replacedTokens)
  const costOf = (inputTokens: number, cachedInputTokens: number, outputTokens = 0) => {
    const price = priceOf(inputTokens)
    if (price === null) return null
    const usage = { ...NO_USAGE, inputTokens, cachedInputTokens, outputTokens }
    return sumOfLines(costLines({ usage }, price) ?? [])
  }
  const requests = parts.map((part, index) =>
    costOf(part + PROMPT_TOKENS + (index > 0 ? tokens : 0), 0, tokens),
  )
  const cached = (count: number) => (use.cached ? count : 0)
  const before = fixedTokens + replacedTokens + keptTokens
  const after = fixedTokens + tokens + keptTokens
  const costNanoUsd = sumOrNull(requests)
  const lostCacheNanoUsd = difference(
    costOf(after, cached(fixedTokens)),
    costOf(after, cached(after)),
  )
  const saved = difference(costOf(before, cached(before)), costOf(after, cached(after)))
  const savesPerTurnNanoUsd = saved === null ? null : Math.round(saved * use.perAnswer)
  const price = sumOrNull([costNanoUsd, lostCacheNanoUsd])
  const pays = price !== null && savesPerTurnNanoUsd !== null && savesPerTurnNanoUsd > 0
  return {
    tokens,
    costNanoUsd,
    lostCacheNanoUsd,
    savesPerTurnNanoUsd,
    paysAfterTurns: pays ? Math.ceil(price / savesPerTurnNanoUsd) : null,
  }
}

/** What the requests since have not carried, at the rates at which each was priced. */
export function savedSince(
  requests: RequestSince[],
  tokens: number,
  cached: boolean,
): { requests: number; tokens: number; nanoUsd: number | null } {
  const amounts = requests.map(({ price }) => {
    const rates = price === null ? null : PriceRates.parse(JSON.parse(price))
    if (rates === null) return null
    const rate = cached ? (rates.cachedInputPerMTok ?? rates.inputPerMTok) : rates.inputPerMTok
    return Math.round((tokens * rate) / 1_000_000)
  })
  return {
    requests: requests.length,
    tokens: tokens * requests.length,
    nanoUsd: sumOrNull(amounts),
  }
}

export function sumOrNull(amounts: (number | null)[]): number | null {
  let sum = 0
  for (const amount of amounts) {
    if (amount === null) return null
    sum += amount
  }
  return sum
}

function difference(a: number | null, b: number | null): number | null {
  return a === null || b === null ? null : Math.max(0, a - b)
}
