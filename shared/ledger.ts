// The ledger: one ModelCall per upstream request, whatever happened to it, and their sums.
// Token counts are null when the provider did not report them; null is never zero.
import * as z from 'zod/mini'
import { Certainty, NanoUsd } from './money-schema.ts'
import { PriceRates } from './price-rates.ts'
import { addTotals, type Totals } from './totals.ts'

// Apart, because the page shows sums and prices long before it shows a call.
export { PriceOrigin, PriceRates } from './price-rates.ts'
export { addTotals, NO_CALLS, Totals } from './totals.ts'

const TokenCount = z.nullable(z.int().check(z.nonnegative()))

/** What the request was made for. */
export const Purpose = z.enum(['chat', 'title', 'summary', 'guardrail', 'count', 'check'])
export type Purpose = z.infer<typeof Purpose>

export const CallStatus = z.enum(['completed', 'stopped', 'failed'])
export type CallStatus = z.infer<typeof CallStatus>

/** One component of an amount: quantity × rate, rounded once. The lines add up to the amount. */
export const CostLine = z.object({
  kind: z.enum([
    'input', // fresh: neither read from the cache nor written to it
    'cached_input',
    'cache_write',
    'output', // reasoning included, unless it has a rate of its own
    'reasoning', // only where the provider prices it apart
    'audio_input',
    'cached_audio_input',
    'audio_output',
    'request', // a fee per request
    'web_search',
    'file_search',
    'time', // milliseconds of a server that is paid by the hour
  ]),
  quantity: z.int().check(z.nonnegative()),
  /** Nano-dollars per million units: tokens, or calls for fees. */
  perMillion: z.int(),
  amountNanoUsd: NanoUsd,
})
export type CostLine = z.infer<typeof CostLine>

/** What a reader of a row must know before he trusts it. */
export const CallFlag = z.enum([
  'total_mismatch', // the provider's `total_tokens` is not the sum of its parts
  'parts_exceed_whole', // more cached or cache-write tokens than input, or more reasoning than output
  'tier_unpriced', // the service tier has no rate in the price book: priced at the standard rate
  'resent', // the server had closed the kept connection: sent once more, answered once
  'damaged', // it is not what was stored: its checksum does not match
  'tokens_unpriced', // some tokens or calls have no rate of their own in the price book
])
export type CallFlag = z.infer<typeof CallFlag>

/** Why a row of the ledger was changed after it was written. */
export const CorrectionReason = z.enum([
  'reprice', // the person had it priced again
  'undo', // and took that back
  'finished_counting', // a stopped answer was read on to its reported usage
  'provider_lookup', // the provider was asked later
  'recovered', // the process died with the request, and it was estimated from what was kept
])
export type CorrectionReason = z.infer<typeof CorrectionReason>

/** One change of a row, as its receipt tells it. */
export const CallCorrection = z.object({
  at: z.iso.datetime(),
  reason: CorrectionReason,
  costBefore: z.nullable(NanoUsd),
  costAfter: z.nullable(NanoUsd),
})
export type CallCorrection = z.infer<typeof CallCorrection>

export const ModelCall = z.object({
  id: z.string(),
  runId: z.nullable(z.string()),
  conversationId: z.nullable(z.string()),
  purpose: Purpose,
  agent: z.nullable(z.string()),
  provider: z.string(),
  modelRequested: z.string(),
  modelReturned: z.nullable(z.string()),
  responseId: z.nullable(z.string()),
  /** From the header `x-request-id`. */
  requestId: z.optional(z.nullable(z.string())),
  /** 1 for the first try of a request, 2 for its first retry, and so on. */
  attempt: z.int().check(z.positive()),
  serviceTier: z.nullable(z.string()),
  status: CallStatus,
  startedAt: z.iso.datetime(),
  ttftMs: z.nullable(z.int()),
  durationMs: z.int(),
  finishReason: z.nullable(z.string()),
  /** All input, cached and cache-write tokens included. */
  inputTokens: TokenCount,
  cachedInputTokens: TokenCount,
  cacheWriteTokens: TokenCount,
  /** All output, reasoning included. */
  outputTokens: TokenCount,
  reasoningTokens: TokenCount,
  costNanoUsd: z.nullable(NanoUsd),
  certainty: Certainty,
  priceId: z.nullable(z.string()),
  price: z.nullable(PriceRates),
  /** The computed amount, line by line; empty when there is none. */
  lines: z.optional(z.array(CostLine)),
  /** The sum of `lines`: stands beside `costNanoUsd` when the provider named another amount. */
  computedNanoUsd: z.optional(z.nullable(NanoUsd)),
  flags: z.optional(z.array(CallFlag)),
  /** What the provider said about usage, verbatim. */
  rawUsage: z.unknown(),
  /** The demo answered: nobody is billed, and the amount is part of no sum of money. */
  demo: z.optional(z.literal(true)),
  /** How the row came to what it says, oldest first; absent where it never changed. */
  corrections: z.optional(z.array(CallCorrection)),
})
export type ModelCall = z.infer<typeof ModelCall>

type Counted = Pick<
  ModelCall,
  | 'inputTokens'
  | 'cachedInputTokens'
  | 'cacheWriteTokens'
  | 'outputTokens'
  | 'reasoningTokens'
  | 'costNanoUsd'
  | 'certainty'
  | 'demo'
>

export function addCall(totals: Totals, call: Counted): Totals {
  return addTotals(totals, {
    calls: 1,
    inputTokens: call.inputTokens ?? 0,
    cachedInputTokens: call.cachedInputTokens ?? 0,
    cacheWriteTokens: call.cacheWriteTokens ?? 0,
    outputTokens: call.outputTokens ?? 0,
    reasoningTokens: call.reasoningTokens ?? 0,
    costNanoUsd: call.costNanoUsd,
    certainty: call.certainty,
    unpricedCalls: call.costNanoUsd === null ? 1 : 0,
    ...(call.demo && { demo: call.demo }),
  })
}
