// A message consists of parts, in the order in which they arrived.
import * as z from 'zod/mini'
import { BudgetShortage, BudgetWarning } from './budget-use.ts'
import { PendingCall } from './pending-call.ts'
import { Totals } from './totals.ts'

export const ToolStatus = z.enum(['preparing', 'running', 'done', 'failed', 'unknown'])
export type ToolStatus = z.infer<typeof ToolStatus>

export const TextPart = z.object({ type: z.literal('text'), text: z.string() })
export type TextPart = z.infer<typeof TextPart>

export const ReasoningPart = z.object({
  type: z.literal('reasoning'),
  text: z.string(),
  startedAt: z.iso.datetime(),
  /** Null while it streams. */
  endedAt: z.nullable(z.iso.datetime()),
})
export type ReasoningPart = z.infer<typeof ReasoningPart>

export const ToolCallPart = z.object({
  type: z.literal('tool_call'),
  callId: z.string(),
  name: z.string(),
  agent: z.string(),
  status: ToolStatus,
  /** JSON text as the model wrote it. Incomplete while `preparing`. */
  arguments: z.string(),
  output: z.nullable(z.string()),
  startedAt: z.nullable(z.iso.datetime()),
  durationMs: z.nullable(z.int()),
  /** True if the user removed the result from what the model gets. It can be restored. */
  dropped: z.optional(z.literal(true)),
})
export type ToolCallPart = z.infer<typeof ToolCallPart>

/** Something that happened in the run and that the reader should know. */
export const NoticePart = z.object({
  type: z.literal('notice'),
  kind: z.enum([
    'retry',
    'progress',
    'handoff',
    'error',
    'budget',
    'waiting',
    'decision',
    'stopped',
    'damaged',
  ]),
  /** A sentence for the reader. */
  text: z.string(),
  at: z.iso.datetime(),
  /** `retry`: when the next attempt starts, for the countdown. */
  until: z.optional(z.iso.datetime()),
  /** `retry`: the next attempt; `error`: the last attempt, if there were several. */
  attempt: z.optional(z.int()),
  /** `error`: the code. `retryable` says whether trying again can help. */
  code: z.optional(z.string()),
  retryable: z.optional(z.boolean()),
  /** `waiting`: the wait to decide. */
  waitId: z.optional(z.string()),
  /** `waiting` for a budget: what is missing. */
  shortage: z.optional(BudgetShortage),
  /** `waiting`: the decision. Absent while there is none. */
  decision: z.optional(z.string()),
  /** `budget`: which budget is used, and how much of it. */
  warning: z.optional(BudgetWarning),
  /** `budget` that the run waits for: the stopped runs that are being counted. */
  heldFor: z.optional(z.array(z.string())),
})
export type NoticePart = z.infer<typeof NoticePart>

export const MessagePart = z.discriminatedUnion('type', [
  TextPart,
  ReasoningPart,
  ToolCallPart,
  NoticePart,
])
export type MessagePart = z.infer<typeof MessagePart>

export const RunStatus = z.enum(['running', 'completed', 'stopped', 'failed', 'interrupted'])
export type RunStatus = z.infer<typeof RunStatus>

export const Message = z.object({
  id: z.string(),
  conversationId: z.string(),
  parentId: z.nullable(z.string()),
  role: z.enum(['user', 'assistant']),
  /** Always `completed` for a user message. */
  status: RunStatus,
  parts: z.array(MessagePart),
  createdAt: z.iso.datetime(),
  /** The run of an assistant message, with its agent, provider and model. Null for a user message. */
  runId: z.nullable(z.string()),
  agent: z.nullable(z.string()),
  provider: z.nullable(z.string()),
  model: z.nullable(z.string()),
  totals: z.nullable(Totals),
  /** The running model call, which `totals` does not include yet. */
  pending: z.optional(PendingCall),
})
export type Message = z.infer<typeof Message>
