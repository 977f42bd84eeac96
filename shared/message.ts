// What a person sees. A message is made of parts, in the order in which they came.
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
  /** JSON text as the model wrote it; half-written while `preparing`. */
  arguments: z.string(),
  output: z.nullable(z.string()),
  startedAt: z.nullable(z.iso.datetime()),
  durationMs: z.nullable(z.int()),
  /** A person took the result out of what the model gets; it can be put back. */
  dropped: z.optional(z.literal(true)),
})
export type ToolCallPart = z.infer<typeof ToolCallPart>

/** Something that happened to the run and that the reader should know. */
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
  /** A sentence for a person. */
  text: z.string(),
  at: z.iso.datetime(),
  /** `retry`: when the next attempt starts, for the countdown. */
  until: z.optional(z.iso.datetime()),
  /** `retry`: the attempt that will be made; `error`: the last one that was, if there were several. */
  attempt: z.optional(z.int()),
  /** `error`: the code, and whether trying again can help. */
  code: z.optional(z.string()),
  retryable: z.optional(z.boolean()),
  /** `waiting`: what must be decided. */
  waitId: z.optional(z.string()),
  /** `waiting` for a budget: what is short. */
  shortage: z.optional(BudgetShortage),
  /** `waiting`: what was decided; absent while nothing is. */
  decision: z.optional(z.string()),
  /** `budget`: how far which budget is used up. */
  warning: z.optional(BudgetWarning),
  /** `budget` that a run waits for: the stopped runs that are counted out of it. */
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
  /** A user message is `completed`. */
  status: RunStatus,
  parts: z.array(MessagePart),
  createdAt: z.iso.datetime(),
  /** Of an assistant message: the run that made it, and with what. */
  runId: z.nullable(z.string()),
  agent: z.nullable(z.string()),
  provider: z.nullable(z.string()),
  model: z.nullable(z.string()),
  totals: z.nullable(Totals),
  /** The model call under way, which `totals` does not hold yet. */
  pending: z.optional(PendingCall),
})
export type Message = z.infer<typeof Message>
