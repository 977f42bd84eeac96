// A conversation as the page reads it: in the list, and with its messages.
import * as z from 'zod/mini'
import { MAX_INSTRUCTIONS_CHARS } from './limits.ts'
import { Message } from './message.ts'
import { NanoUsd } from './money-schema.ts'
import { Totals } from './totals.ts'

export const ReasoningEffort = z.enum(['minimal', 'low', 'medium', 'high'])

/** Every setting is sent to the model only when it is set; null in a PATCH clears it. */
export const ConversationSettings = z.object({
  instructions: z.optional(z.string().check(z.maxLength(MAX_INSTRUCTIONS_CHARS))),
  temperature: z.optional(z.number().check(z.minimum(0), z.maximum(2))),
  topP: z.optional(z.number().check(z.minimum(0), z.maximum(1))),
  maxOutputTokens: z.optional(z.int().check(z.positive())),
  reasoningEffort: z.optional(ReasoningEffort),
  /** What this conversation may cost; comes in place of the general limit. Not sent to the model. */
  budgetNanoUsd: z.optional(NanoUsd),
  budgetTokens: z.optional(z.int().check(z.nonnegative())),
})
export type ConversationSettings = z.infer<typeof ConversationSettings>

export const ConversationSummary = z.object({
  id: z.string(),
  title: z.string(),
  updatedAt: z.iso.datetime(),
  totals: Totals,
  activeRunId: z.nullable(z.string()),
  /** What is known of the model call under way, which `totals` does not hold yet. */
  pending: z.optional(Totals),
})
export type ConversationSummary = z.infer<typeof ConversationSummary>

export const ConversationPage = z.object({
  items: z.array(ConversationSummary),
  nextCursor: z.nullable(z.string()),
})
export type ConversationPage = z.infer<typeof ConversationPage>

/** A message of the selected branch, with the messages that stand at the same place in other branches. */
export const BranchMessage = z.extend(Message, {
  /** All messages with the same parent, oldest first, this one included. */
  siblingIds: z.array(z.string()),
  /** While its run is active: the last seq folded into it. Follow the run from there. */
  lastSeq: z.optional(z.int()),
  /** It was stopped, and its cost is still being counted: its receipt says when that is over. */
  counting: z.optional(z.literal(true)),
  /** It is not what was stored, or what the model was sent of it is not. A notice among its parts says so. */
  damaged: z.optional(z.literal(true)),
})
export type BranchMessage = z.infer<typeof BranchMessage>

export const Conversation = z.object({
  id: z.string(),
  title: z.string(),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
  agent: z.string(),
  provider: z.nullable(z.string()),
  model: z.nullable(z.string()),
  settings: ConversationSettings,
  totals: Totals,
  activeRunId: z.nullable(z.string()),
  /** The newest messages of the selected branch, oldest first. */
  messages: z.array(BranchMessage),
  /** `?before=` for the page of older messages; null when the first message is here. */
  previousCursor: z.nullable(z.string()),
})
export type Conversation = z.infer<typeof Conversation>
