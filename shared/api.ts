// The HTTP contract: request and response schemas of every route. Times are ISO 8601 UTC, ids are
// UUIDv7, money is nano-dollars or null, lists are {items, nextCursor}.
import * as z from 'zod/mini'
import { ConversationSettings } from './conversation.ts'
import { MAX_TEXT_CHARS, MAX_TITLE_CHARS } from './limits.ts'
import { MAX_FILES_PER_MESSAGE, SendFile } from './files.ts'
import { RunStatus } from './message.ts'
import { ProviderKind } from './models.ts'
import { NanoUsd } from './money-schema.ts'

// Schemas that showing a conversation needs are in separate files, so that the page loads no more.
export {
  BranchMessage,
  Conversation,
  ConversationPage,
  ConversationSettings,
  ConversationSummary,
  ReasoningEffort,
} from './conversation.ts'
export { MAX_INSTRUCTIONS_CHARS, MAX_TITLE_CHARS } from './limits.ts'
export { ModelInfo, ModelList, ProviderKind, ProviderModels } from './models.ts'
export { Problem } from './problem.ts'
export {
  Receipt,
  ReceiptCall,
  UsageBy,
  UsageDay,
  UsageGroup,
  UsageGroupedBy,
  UsageSummary,
} from './receipts.ts'

export const Health = z.object({
  status: z.enum(['ok', 'unavailable', 'damaged']),
  version: z.string(),
  /** A sentence about what is wrong with the storage and how to fix it. */
  problem: z.optional(z.string()),
})
export type Health = z.infer<typeof Health>

// --- providers and agents

export const ApiKind = z.enum(['responses', 'chat_completions'])
export type ApiKind = z.infer<typeof ApiKind>

/** Null if not known. */
const Known = z.nullable(z.boolean())

export const ProviderInfo = z.object({
  name: z.string(),
  kind: ProviderKind,
  /** Without user, password and query unless editable. Null for the demo. */
  baseUrl: z.nullable(z.string()),
  api: ApiKind,
  /** The model to use if none is named. */
  defaultModel: z.nullable(z.string()),
  /** The default model set for this provider. Null if Tally uses the first one that it offers. */
  ownDefaultModel: z.nullable(z.string()),
  capabilities: z.object({
    streaming: Known,
    tools: Known,
    jsonMode: Known,
    vision: Known,
    contextWindow: z.nullable(z.int()),
  }),
  keySource: z.enum(['environment', 'stored', 'none']),
  /** The environment variable that holds the key. */
  keyName: z.nullable(z.string()),
  /** When the key was stored in Tally. */
  keySetAt: z.nullable(z.iso.datetime()),
  /** Why the stored key cannot be used. */
  keyProblem: z.nullable(z.string()),
  /** The environment variable that configures the provider, and where to change it. */
  setBy: z.nullable(z.string()),
  /** True if the provider was added in Tally, and can be changed and removed there. */
  editable: z.boolean(),
  /** Models to offer besides those that the provider lists. */
  models: z.array(z.string()),
  /** Models whose name matches one of these patterns (`gpt-*`) go to this provider. */
  modelPatterns: z.array(z.string()),
  /** How often a request is retried if it fails before the first token. */
  maxRetries: z.int(),
})
export type ProviderInfo = z.infer<typeof ProviderInfo>
export const ProviderList = z.object({ items: z.array(ProviderInfo), nextCursor: z.null() })
export type ProviderList = z.infer<typeof ProviderList>

export const AgentInfo = z.object({
  name: z.string(),
  description: z.string(),
  tools: z.array(
    z.object({
      name: z.string(),
      description: z.string(),
      /** Whether it asks before it runs; `sometimes`: that depends on its arguments. */
      approval: z.enum(['never', 'sometimes', 'always']),
      /** The agent that runs inside the tool. */
      agent: z.optional(z.string()),
    }),
  ),
  /** The agents that it may hand the conversation over to. */
  handoffs: z.array(z.string()),
  /** Per run. Null: no limit of its own. */
  limits: z.object({
    turns: z.nullable(z.int()),
    toolCalls: z.nullable(z.int()),
    wallTimeMs: z.nullable(z.int()),
    costNanoUsd: z.nullable(NanoUsd),
  }),
  /** What it decides alone and what it must ask. Null: it says nothing. */
  authority: z.nullable(z.string()),
  /** Whether a conversation may begin with it. Others are reached by a handoff or as a tool. */
  entry: z.boolean(),
  /** The average cost of its answers. Null: it has none that cost anything. */
  averageNanoUsd: z.nullable(NanoUsd),
})
export type AgentInfo = z.infer<typeof AgentInfo>
export const AgentList = z.object({ items: z.array(AgentInfo), nextCursor: z.null() })

// --- conversations

const Title = z.string().check(z.trim(), z.minLength(1), z.maxLength(MAX_TITLE_CHARS))
const Name = z.string().check(z.minLength(1), z.maxLength(200))

export const CreateConversation = z.object({
  /** Its agent and model apply where none is named. */
  folderId: z.optional(z.string()),
  title: z.optional(Title),
  agent: z.optional(Name),
  provider: z.optional(Name),
  model: z.optional(Name),
  settings: z.optional(ConversationSettings),
  /**
   * It is in no list, search or export of everything, and is deleted when no page has it open any more.
   * Its ledger rows stay.
   */
  temporary: z.optional(z.boolean()),
})
export type CreateConversation = z.infer<typeof CreateConversation>

/** How a conversation is kept in order. None of it moves the conversation in the list. */
const Order = {
  pinned: z.optional(z.boolean()),
  archived: z.optional(z.boolean()),
  /** Null takes it out of its folder. */
  folderId: z.optional(z.nullable(z.string())),
  unread: z.optional(z.boolean()),
}

export const UpdateConversation = z.object({
  ...Order,
  title: z.optional(Title),
  agent: z.optional(Name),
  provider: z.optional(z.nullable(Name)),
  model: z.optional(z.nullable(Name)),
  /** Replaces all settings. */
  settings: z.optional(ConversationSettings),
  /** Selects the branch through this message, down to its newest end. */
  selectedMessageId: z.optional(z.string()),
  /** Keeps a temporary conversation: from now on it is one like the others. */
  temporary: z.optional(z.literal(false)),
})
export type UpdateConversation = z.infer<typeof UpdateConversation>

export const ClosedConversation = z.object({
  /** Whether no other page has it open, so that it is deleted. */
  deleted: z.boolean(),
})
export type ClosedConversation = z.infer<typeof ClosedConversation>

export const MAX_BULK_CONVERSATIONS = 1000

export const BulkChange = z.object({
  ids: z.array(z.string()).check(z.minLength(1), z.maxLength(MAX_BULK_CONVERSATIONS)),
  change: z.object({ ...Order, deleted: z.optional(z.boolean()) }),
})
export type BulkChange = z.infer<typeof BulkChange>

export const BulkResult = z.object({
  /** The conversations that are different now. */
  changed: z.array(z.string()),
  /** Those that do not exist. */
  missing: z.array(z.string()),
  /** The requests that take it back. */
  undo: z.array(BulkChange),
})
export type BulkResult = z.infer<typeof BulkResult>

// --- runs

export const StartRun = z.object({
  text: z.optional(z.string().check(z.trim(), z.minLength(1), z.maxLength(MAX_TEXT_CHARS))),
  /** The message to answer; by default the end of the selected branch. Null starts a new first message. */
  parentId: z.optional(z.nullable(z.string())),
  /**
   * The answer to try again, instead of `text`: the new one is its sibling. Or a question without an
   * answer.
   */
  retryOf: z.optional(z.string()),
  /** Attached to the message, in this order. With files the text may be left out. */
  files: z.optional(z.array(SendFile).check(z.minLength(1), z.maxLength(MAX_FILES_PER_MESSAGE))),
  provider: z.optional(Name),
  model: z.optional(Name),
  agent: z.optional(Name),
  /** IANA name of the user's time zone, for tools that use the local time. */
  timeZone: z.optional(z.string().check(z.maxLength(100))),
})
export type StartRun = z.infer<typeof StartRun>

export const ContinueMessage = z.pick(StartRun, { timeZone: true })
export type ContinueMessage = z.infer<typeof ContinueMessage>

export const Run = z.object({
  id: z.string(),
  conversationId: z.string(),
  /** The assistant message of the run. `userMessageId` is the message that it answers. */
  messageId: z.string(),
  userMessageId: z.string(),
  status: RunStatus,
  agent: z.string(),
  provider: z.string(),
  model: z.string(),
  lastSeq: z.int(),
  createdAt: z.iso.datetime(),
  endedAt: z.nullable(z.iso.datetime()),
})
export type Run = z.infer<typeof Run>
