// What a request would carry and cost, before it is sent.
import * as z from 'zod/mini'
import { ConversationSettings } from './conversation.ts'
import { MAX_TEXT_CHARS } from './limits.ts'
import { NanoUsd } from './money-schema.ts'
import { PriceRates } from './price-rates.ts'

const Name = z.string().check(z.minLength(1), z.maxLength(200))
const Tokens = z.int().check(z.nonnegative())

export const EstimateRequest = z.object({
  /** What would be said next. */
  text: z.string().check(z.maxLength(MAX_TEXT_CHARS)),
  /** Instead of those of the conversation. */
  provider: z.optional(Name),
  model: z.optional(Name),
  /** Asks the provider to count, where it can. */
  exact: z._default(z.boolean(), false),
})
export type EstimateRequest = z.infer<typeof EstimateRequest>

/** Of a conversation that the first message would make. */
export const EstimateFirstRequest = z.extend(EstimateRequest, {
  agent: z.optional(Name),
  settings: z.optional(ConversationSettings),
})
export type EstimateFirstRequest = z.infer<typeof EstimateFirstRequest>

export const RequestEstimate = z.object({
  provider: z.string(),
  model: z.string(),
  inputTokens: Tokens,
  /** `reported`: the provider was asked to count exactly this request. */
  certainty: z.enum(['reported', 'estimated']),
  /** The provider can be asked to count. */
  canCount: z.boolean(),
  /** The model's window in tokens; null when it is not known. */
  window: z.nullable(Tokens),
  /** The most output tokens that will be allowed, by the settings or a budget; null: no limit is sent. */
  outputLimit: z.nullable(Tokens),
  /** Null: the model has no price. Always an estimate. */
  cost: z.nullable(
    z.object({
      /** The input alone, as if nothing were cached. */
      minNanoUsd: NanoUsd,
      /** With an answer as long as those of the conversation so far. */
      expectedNanoUsd: NanoUsd,
      /** The ceiling, as the budgets hold it; null where nothing limits the output. */
      maxNanoUsd: z.nullable(NanoUsd),
    }),
  ),
  /** Where the whole request is charged at other rates, when that is near or passed. */
  threshold: z.nullable(
    z.object({
      /** The first length that is charged so. */
      fromTokens: Tokens,
      reached: z.boolean(),
      /** How many times as much an input token costs there. */
      times: z.number(),
    }),
  ),
  /** In force for a request of this length. */
  price: z.nullable(PriceRates),
})
export type RequestEstimate = z.infer<typeof RequestEstimate>
