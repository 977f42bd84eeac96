// Summaries of the oldest messages of a conversation, sent to the model in their place. The messages
// themselves stay in the conversation.
import * as z from 'zod/mini'
import { NanoUsd } from './money-schema.ts'

const Tokens = z.int().check(z.nonnegative())
export const MAX_SUMMARY_CHARS = 50_000

export const ConversationSummaryText = z.object({
  id: z.string(),
  /** The last message that it stands for. */
  messageId: z.string(),
  text: z.string(),
  /** How many messages it stands for. */
  messages: z.int(),
  /** What was sent before in its place, and its own tokens. Both estimated. */
  replacedTokens: Tokens,
  tokens: Tokens,
  automatic: z.boolean(),
  provider: z.string(),
  model: z.string(),
  /** The demo wrote it. */
  demo: z.optional(z.literal(true)),
  /** What making it has cost. Null if the model has no price. */
  costNanoUsd: z.nullable(NanoUsd),
  /** What the next request costs more because the provider's cache does not know it. Estimated. */
  lostCacheNanoUsd: z.nullable(NanoUsd),
  /** What it has saved so far. Estimated. */
  saved: z.object({ requests: z.int(), tokens: Tokens, nanoUsd: z.nullable(NanoUsd) }),
  createdAt: z.iso.datetime(),
  editedAt: z.nullable(z.iso.datetime()),
})
export type ConversationSummaryText = z.infer<typeof ConversationSummaryText>

export const ConversationSummaryTexts = z.object({
  /** Of the selected branch, oldest first. The last one is in use and includes the others. */
  items: z.array(ConversationSummaryText),
  nextCursor: z.null(),
})
export type ConversationSummaryTexts = z.infer<typeof ConversationSummaryTexts>

/** What a summary would replace, cost and save. Amounts are null if the model has no price. */
export const SummaryPreview = z.object({
  provider: z.string(),
  model: z.string(),
  demo: z.optional(z.literal(true)),
  /** How many messages it would stand for. */
  messages: z.int(),
  replacedTokens: Tokens,
  /** Its own tokens, estimated. */
  tokens: Tokens,
  costNanoUsd: z.nullable(NanoUsd),
  lostCacheNanoUsd: z.nullable(NanoUsd),
  /** For one question and its answer, with as many requests as there usually are. */
  savesPerTurnNanoUsd: z.nullable(NanoUsd),
  /** Null if it never pays, or that is not known. */
  paysAfterTurns: z.nullable(z.int()),
})
export type SummaryPreview = z.infer<typeof SummaryPreview>

export const UpdateSummary = z.object({
  text: z.string().check(z.trim(), z.minLength(1), z.maxLength(MAX_SUMMARY_CHARS)),
})
export type UpdateSummary = z.infer<typeof UpdateSummary>
