// The estimated tokens and cost of a request before it is sent.
import * as z from 'zod/mini'
import { ConversationSettings } from './conversation.ts'
import { MAX_FILES_PER_MESSAGE, SendFile } from './files.ts'
import { MAX_TEXT_CHARS } from './limits.ts'
import { NanoUsd } from './money-schema.ts'
import { PriceRates } from './price-rates.ts'

const Name = z.string().check(z.minLength(1), z.maxLength(200))
const Tokens = z.int().check(z.nonnegative())

export const EstimateRequest = z.object({
  /** The next user message. */
  text: z.string().check(z.maxLength(MAX_TEXT_CHARS)),
  /** Attached to it. */
  files: z.optional(z.array(SendFile).check(z.maxLength(MAX_FILES_PER_MESSAGE))),
  /** Replaces the provider of the conversation. */
  provider: z.optional(Name),
  model: z.optional(Name),
  /** Asks the provider to count, if it can. */
  exact: z._default(z.boolean(), false),
})
export type EstimateRequest = z.infer<typeof EstimateRequest>

/** For a conversation that the first message would create. */
export const EstimateFirstRequest = z.extend(EstimateRequest, {
  agent: z.optional(Name),
  settings: z.optional(ConversationSettings),
  /** Its instructions are sent where `settings` have none. */
  folderId: z.optional(z.string()),
})
export type EstimateFirstRequest = z.infer<typeof EstimateFirstRequest>

export const RequestEstimate = z.object({
  provider: z.string(),
  model: z.string(),
  inputTokens: Tokens,
  /** `reported`: the provider counted exactly this request. */
  certainty: z.enum(['reported', 'estimated']),
  /** True if the provider can count. */
  canCount: z.boolean(),
  /** Whether the model sees images. Null if not known. */
  takesImages: z.nullable(z.boolean()),
  /** The model's context window in tokens. Null if not known. */
  window: z.nullable(Tokens),
  /** The output limit in tokens, from the settings or a budget. Null if no limit is sent. */
  outputLimit: z.nullable(Tokens),
  /** Null if the model has no price. Always an estimate. */
  cost: z.nullable(
    z.object({
      /** The input alone, without savings from a cache. */
      minNanoUsd: NanoUsd,
      /** With an answer of the conversation's average length. */
      expectedNanoUsd: NanoUsd,
      /** The worst case that budgets reserve. Null if the output is unlimited. */
      maxNanoUsd: z.nullable(NanoUsd),
    }),
  ),
  /** The input length from which the whole request has other rates, if near or passed. */
  threshold: z.nullable(
    z.object({
      /** The shortest input, in tokens, at the new rates. */
      fromTokens: Tokens,
      reached: z.boolean(),
      /** The ratio of the new input rate to the old one. */
      times: z.number(),
    }),
  ),
  /** The price in force for a request of this length. */
  price: z.nullable(PriceRates),
})
export type RequestEstimate = z.infer<typeof RequestEstimate>
