// A conversation as the page reads it, in the list and with its messages.
import * as z from 'zod/mini'
import { MAX_INSTRUCTIONS_CHARS } from './limits.ts'
import { Message } from './message.ts'
import { NanoUsd } from './money-schema.ts'
import { Totals } from './totals.ts'

export const ReasoningEffort = z.enum(['minimal', 'low', 'medium', 'high'])

/** A share of the model's window. */
export const SummarizeAbovePercent = z.int().check(z.minimum(10), z.maximum(95))

/** A setting is sent to the model only if it is set. Null in a PATCH clears it. */
export const ConversationSettings = z.object({
  instructions: z.optional(z.string().check(z.maxLength(MAX_INSTRUCTIONS_CHARS))),
  temperature: z.optional(z.number().check(z.minimum(0), z.maximum(2))),
  topP: z.optional(z.number().check(z.minimum(0), z.maximum(1))),
  maxOutputTokens: z.optional(z.int().check(z.positive())),
  reasoningEffort: z.optional(ReasoningEffort),
  /** The budget of this conversation, replacing the general limit. Not sent to the model. */
  budgetNanoUsd: z.optional(NanoUsd),
  budgetTokens: z.optional(z.int().check(z.nonnegative())),
  /**
   * After an answer that fills more of the model's window, the older messages are summarized. 0: never.
   * Without it the setting for all conversations holds.
   */
  summarizeAbovePercent: z.optional(z.union([z.literal(0), SummarizeAbovePercent])),
  /** Names of tools that the agents of this conversation go without. */
  disabledTools: z.optional(z.array(z.string().check(z.maxLength(100))).check(z.maxLength(200))),
})
export type ConversationSettings = z.infer<typeof ConversationSettings>

/** True if it is in no list, search or export of everything, and is deleted when it is closed. */
const temporary = z.optional(z.literal(true))

export const ConversationSummary = z.object({
  id: z.string(),
  title: z.string(),
  updatedAt: z.iso.datetime(),
  totals: Totals,
  activeRunId: z.nullable(z.string()),
  pinned: z.boolean(),
  archived: z.boolean(),
  folderId: z.nullable(z.string()),
  /** Whether an answer has ended since the conversation was last seen. */
  unread: z.boolean(),
  /** The estimated total of the running model call, which `totals` does not include yet. */
  pending: z.optional(Totals),
  temporary,
})
export type ConversationSummary = z.infer<typeof ConversationSummary>

export const ConversationPage = z.object({
  items: z.array(ConversationSummary),
  nextCursor: z.nullable(z.string()),
})
export type ConversationPage = z.infer<typeof ConversationPage>

/** A message of the selected branch, with the ids of its siblings on other branches. */
export const BranchMessage = z.extend(Message, {
  /** All messages with the same parent, oldest first, including this one. */
  siblingIds: z.array(z.string()),
  /** The last seq folded into the message while its run is active. Follow the run from there. */
  lastSeq: z.optional(z.int()),
  /** True while the cost of a stopped answer is being counted. Its receipt says when that is over. */
  counting: z.optional(z.literal(true)),
  /** True if the stored message, or what was sent to the model, is damaged. A notice part says so. */
  damaged: z.optional(z.literal(true)),
  /** The summary that the model is sent in place of this message and those above it. */
  summaryId: z.optional(z.string()),
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
  pinned: z.boolean(),
  archived: z.boolean(),
  folderId: z.nullable(z.string()),
  unread: z.boolean(),
  temporary,
  /** The newest messages of the selected branch, oldest first. */
  messages: z.array(BranchMessage),
  /** `?before=` for the page of older messages. Null if the first message is included. */
  previousCursor: z.nullable(z.string()),
})
export type Conversation = z.infer<typeof Conversation>
