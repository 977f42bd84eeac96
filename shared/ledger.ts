// The ledger: one ModelCall per upstream request, whatever happened to it, and sums of calls. Token
// counts are null if the provider did not report them; null is never zero.
import * as z from 'zod/mini'
import { addTotals } from './add-totals.ts'
import { Certainty, NanoUsd } from './money-schema.ts'
import { PriceRates } from './price-rates.ts'
import type { Totals } from './totals.ts'

// In a separate file, because the page shows sums and prices long before it shows a call.
export { PriceOrigin, PriceRates } from './price-rates.ts'
export { addTotals, NO_CALLS } from './add-totals.ts'
export { Totals } from './totals.ts'

const TokenCount = z.nullable(z.int().check(z.nonnegative()))

/** The purpose of a request. */
export const Purpose = z.enum([
  'chat',
  'title',
  'summary', // of the older messages of a conversation
  'query', // a call that a program asked for
  'guardrail',
  'router',
  'count',
  'check',
])
export type Purpose = z.infer<typeof Purpose>

export const CallStatus = z.enum(['completed', 'stopped', 'failed'])
export type CallStatus = z.infer<typeof CallStatus>

/** One component of an amount: quantity × rate, rounded once. The lines add up to the amount. */
export const CostLine = z.object({
  kind: z.enum([
    'input', // fresh: neither read from cache nor written to it
    'cached_input',
    'cache_write',
    'output', // includes reasoning, unless it has its own rate
    'reasoning', // only if the provider prices it separately
    'audio_input',
    'cached_audio_input',
    'audio_output',
    'request', // a fee per request
    'web_search',
    'file_search',
    'time', // milliseconds, for a server that is paid by the hour
  ]),
  quantity: z.int().check(z.nonnegative()),
  /** Nano-dollars per million units: tokens, or calls for fees. */
  perMillion: z.int(),
  amountNanoUsd: NanoUsd,
})
export type CostLine = z.infer<typeof CostLine>

/** A warning for the reader of a row. */
export const CallFlag = z.enum([
  'total_mismatch', // the provider's `total_tokens` does not add up
  'parts_exceed_whole', // more cached or cache-write tokens than input, or more reasoning than output
  'tier_unpriced', // the service tier has no rate in the price book: priced at the standard rate
  'resent', // the server had closed the idle connection: sent twice, answered once
  'damaged', // the checksum of the row does not match
  'tokens_unpriced', // some tokens or calls have no rate in the price book
])
export type CallFlag = z.infer<typeof CallFlag>

/** Why a ledger row was changed after it was written. */
export const CorrectionReason = z.enum([
  'reprice', // the user repriced it
  'undo', // and undid that
  'finished_counting', // a stopped answer was read on to its reported usage
  'provider_lookup', // the provider was asked later
  'recovered', // the process ended during the request, estimated from what was stored
])
export type CorrectionReason = z.infer<typeof CorrectionReason>

/** One change of a row, as its receipt shows it. */
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
  /** 1 for the first attempt of a request, 2 for its first retry, and so on. */
  attempt: z.int().check(z.positive()),
  serviceTier: z.nullable(z.string()),
  status: CallStatus,
  startedAt: z.iso.datetime(),
  ttftMs: z.nullable(z.int()),
  durationMs: z.int(),
  finishReason: z.nullable(z.string()),
  /** All input tokens, including cached and cache-write tokens. */
  inputTokens: TokenCount,
  cachedInputTokens: TokenCount,
  cacheWriteTokens: TokenCount,
  /** All output tokens, including reasoning. */
  outputTokens: TokenCount,
  reasoningTokens: TokenCount,
  costNanoUsd: z.nullable(NanoUsd),
  certainty: Certainty,
  priceId: z.nullable(z.string()),
  price: z.nullable(PriceRates),
  /** The components of the computed amount. Empty if there is none. */
  lines: z.optional(z.array(CostLine)),
  /** The sum of `lines`. Differs from `costNanoUsd` if the provider reported another amount. */
  computedNanoUsd: z.optional(z.nullable(NanoUsd)),
  flags: z.optional(z.array(CallFlag)),
  /** The usage report of the provider, verbatim. */
  rawUsage: z.unknown(),
  /** True if the demo answered: not billed, and excluded from sums of real money. */
  demo: z.optional(z.literal(true)),
  /** The changes of the row, oldest first. Absent if it never changed. */
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

/** Adds one call to a sum. */
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
