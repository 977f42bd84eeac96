// The HTTP contract: what goes in and what comes out of every route. Times are ISO 8601 UTC,
// ids are UUIDv7, money is nano-dollars or null, lists are {items, nextCursor}.
import * as z from 'zod/mini'
import { ModelCall, PriceRates, Totals } from './ledger.ts'
import { Message, RunStatus } from './message.ts'
import { NanoUsd } from './money.ts'

export const MAX_TEXT_CHARS = 200_000
export const MAX_TITLE_CHARS = 200
export const MAX_INSTRUCTIONS_CHARS = 20_000

/** `application/problem+json`. `code` is stable; `detail` says what to do. */
export const Problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  code: z.string(),
  detail: z.optional(z.string()),
})
export type Problem = z.infer<typeof Problem>

export const Health = z.object({ status: z.enum(['ok', 'unavailable']), version: z.string() })
export type Health = z.infer<typeof Health>

// --- providers and agents

export const ApiKind = z.enum(['responses', 'chat_completions'])
export type ApiKind = z.infer<typeof ApiKind>

export const ModelInfo = z.object({
  id: z.string(),
  contextWindow: z.nullable(z.int()),
  /** The price in force; null when there is none, and then answers are `unpriced`. */
  price: z.nullable(PriceRates),
  default: z.boolean(),
})
export type ModelInfo = z.infer<typeof ModelInfo>

export const ProviderKind = z.enum(['configured', 'discovered', 'demo'])
export type ProviderKind = z.infer<typeof ProviderKind>

export const ProviderModels = z.object({
  name: z.string(),
  kind: ProviderKind,
  models: z.array(ModelInfo),
  /** Why the provider's own list of models could not be read; null when it could. */
  problem: z.nullable(z.string()),
})
export type ProviderModels = z.infer<typeof ProviderModels>

export const ModelList = z.object({
  items: z.array(ProviderModels),
  nextCursor: z.null(),
  default: z.nullable(z.object({ provider: z.string(), model: z.string() })),
})
export type ModelList = z.infer<typeof ModelList>

/** Null: not known. */
const Known = z.nullable(z.boolean())

export const ProviderInfo = z.object({
  name: z.string(),
  kind: ProviderKind,
  /** Without user, password and query; null for the demo. */
  baseUrl: z.nullable(z.string()),
  api: ApiKind,
  defaultModel: z.nullable(z.string()),
  capabilities: z.object({
    streaming: Known,
    tools: Known,
    jsonMode: Known,
    vision: Known,
    contextWindow: z.nullable(z.int()),
  }),
  keySource: z.enum(['environment', 'none']),
  /** The name of the environment variable that holds the key. */
  keyName: z.nullable(z.string()),
})
export type ProviderInfo = z.infer<typeof ProviderInfo>
export const ProviderList = z.object({ items: z.array(ProviderInfo), nextCursor: z.null() })

export const AgentInfo = z.object({
  name: z.string(),
  description: z.string(),
  tools: z.array(z.object({ name: z.string(), description: z.string() })),
})
export type AgentInfo = z.infer<typeof AgentInfo>
export const AgentList = z.object({ items: z.array(AgentInfo), nextCursor: z.null() })

// --- conversations

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

const Title = z.string().check(z.trim(), z.minLength(1), z.maxLength(MAX_TITLE_CHARS))
const Name = z.string().check(z.minLength(1), z.maxLength(200))

export const ConversationSummary = z.object({
  id: z.string(),
  title: z.string(),
  updatedAt: z.iso.datetime(),
  totals: Totals,
  activeRunId: z.nullable(z.string()),
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

export const CreateConversation = z.object({
  title: z.optional(Title),
  agent: z.optional(Name),
  provider: z.optional(Name),
  model: z.optional(Name),
  settings: z.optional(ConversationSettings),
})
export type CreateConversation = z.infer<typeof CreateConversation>

export const UpdateConversation = z.object({
  title: z.optional(Title),
  agent: z.optional(Name),
  provider: z.optional(z.nullable(Name)),
  model: z.optional(z.nullable(Name)),
  /** Replaces all settings. */
  settings: z.optional(ConversationSettings),
  /** Selects the branch that goes through this message, down to its newest end. */
  selectedMessageId: z.optional(z.string()),
})
export type UpdateConversation = z.infer<typeof UpdateConversation>

// --- runs

export const StartRun = z.object({
  text: z.optional(z.string().check(z.trim(), z.minLength(1), z.maxLength(MAX_TEXT_CHARS))),
  /** The message this one answers; by default the end of the selected branch. Null starts a new first message. */
  parentId: z.optional(z.nullable(z.string())),
  /** Instead of `text`: the assistant message to try again. The new answer stands beside it. */
  retryOf: z.optional(z.string()),
  provider: z.optional(Name),
  model: z.optional(Name),
  agent: z.optional(Name),
  /** IANA name of the person's time zone, for tools that speak of time. */
  timeZone: z.optional(z.string().check(z.maxLength(100))),
})
export type StartRun = z.infer<typeof StartRun>

export const Run = z.object({
  id: z.string(),
  conversationId: z.string(),
  /** The assistant message that the run makes, and the user message that it answers. */
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

export const Receipt = z.object({ items: z.array(ModelCall), nextCursor: z.null(), totals: Totals })
export type Receipt = z.infer<typeof Receipt>

// --- usage

export const UsageBy = z.enum(['conversation', 'model', 'provider', 'agent', 'purpose', 'day'])
export type UsageBy = z.infer<typeof UsageBy>

export const UsageGroup = z.object({
  /** What the group is: an id, a name, a day. */
  key: z.string(),
  label: z.string(),
  totals: Totals,
})
export type UsageGroup = z.infer<typeof UsageGroup>

export const UsageSummary = z.object({
  from: z.nullable(z.iso.datetime()),
  to: z.nullable(z.iso.datetime()),
  totals: Totals,
  groups: z.array(UsageGroup),
})
export type UsageSummary = z.infer<typeof UsageSummary>

// --- search

export const SearchHit = z.object({
  conversationId: z.string(),
  title: z.string(),
  messageId: z.string(),
  role: z.enum(['user', 'assistant']),
  snippet: z.string(),
  at: z.iso.datetime(),
})
export type SearchHit = z.infer<typeof SearchHit>

// --- addresses, written once for both sides

export const paths = {
  health: '/api/health',
  models: '/api/models',
  providers: '/api/providers',
  agents: '/api/agents',
  conversations: '/api/conversations',
  conversation: <Id extends string>(id: Id) => `/api/conversations/${id}` as const,
  restoreConversation: <Id extends string>(id: Id) => `/api/conversations/${id}/restore` as const,
  runs: <Id extends string>(conversationId: Id) =>
    `/api/conversations/${conversationId}/runs` as const,
  run: <Id extends string>(runId: Id) => `/api/runs/${runId}` as const,
  events: <Id extends string>(runId: Id) => `/api/runs/${runId}/events` as const,
  stop: <Id extends string>(runId: Id) => `/api/runs/${runId}/stop` as const,
  decisions: <Id extends string>(runId: Id) => `/api/runs/${runId}/decisions` as const,
  calls: <Id extends string>(runId: Id) => `/api/runs/${runId}/calls` as const,
  budgets: '/api/budgets',
  usageSummary: '/api/usage/summary',
  usageCsv: '/api/usage/export.csv',
  prices: '/api/prices',
  priceOverrides: '/api/prices/overrides',
  priceOverride: <Id extends string>(id: Id) => `/api/prices/overrides/${id}` as const,
  pricesExport: '/api/prices/export',
  pricesImport: '/api/prices/import',
  reprice: '/api/prices/reprice',
  priceBatch: <Id extends string>(id: Id) => `/api/prices/reprice/${id}` as const,
  undoReprice: <Id extends string>(id: Id) => `/api/prices/reprice/${id}/undo` as const,
  openapi: '/api/openapi.json',
} as const
