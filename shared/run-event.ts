// Run events: the facts of a run, numbered by seq from 1 without gaps. The stored event is the wire
// event: `event:` is the type, `id:` the seq, `data:` the rest as JSON.
import * as z from 'zod/mini'
import { Allowance, BudgetShortage, BudgetUse, BudgetWarning } from './budgets.ts'
import { ModelCall, Totals } from './ledger.ts'
import { CallEstimate } from './pending-call.ts'

const at = z.iso.datetime()
const base = { at }

export const RunStarted = z.object({
  ...base,
  type: z.literal('run'),
  runId: z.string(),
  conversationId: z.string(),
  messageId: z.string(),
  agent: z.string(),
  provider: z.string(),
  model: z.string(),
})

export const TokenEvent = z.object({ ...base, type: z.literal('token'), delta: z.string() })
export const ReasoningEvent = z.object({ ...base, type: z.literal('reasoning'), delta: z.string() })

const toolCall = {
  ...base,
  type: z.literal('tool_call'),
  callId: z.string(),
  name: z.string(),
  agent: z.string(),
}

export const ToolCallEvent = z.discriminatedUnion('phase', [
  z.object({ ...toolCall, phase: z.literal('arguments'), delta: z.string() }),
  z.object({ ...toolCall, phase: z.literal('ready'), arguments: z.string() }),
  z.object({ ...toolCall, phase: z.literal('running') }),
])

export const ToolResultEvent = z.object({
  ...base,
  type: z.literal('tool_result'),
  callId: z.string(),
  name: z.string(),
  status: z.enum(['ok', 'failed', 'unknown']),
  output: z.string(),
  durationMs: z.nullable(z.int()),
})

export const AgentEvent = z.object({
  ...base,
  type: z.literal('agent'),
  name: z.string(),
  previous: z.string(),
})

export const RetryEvent = z.object({
  ...base,
  type: z.literal('retry'),
  /** The number of the next attempt, so 2 after the first failure. */
  attempt: z.int(),
  delayMs: z.int(),
  reason: z.string(),
})

/** The progress of a server before its first token. */
export const Progress = z.discriminatedUnion('stage', [
  /** It reads the prompt. Counts are tokens. */
  z.object({ stage: z.literal('prompt'), processed: z.int(), total: z.int() }),
  /** It loads its model, and is asked again afterwards. */
  z.object({ stage: z.literal('loading') }),
])
export type Progress = z.infer<typeof Progress>

export const ProgressEvent = z.object({
  ...base,
  type: z.literal('progress'),
  progress: Progress,
})

/** A model call begins. Its `usage` event replaces this estimate. */
export const EstimateEvent = z.object({
  ...base,
  type: z.literal('estimate'),
  ...CallEstimate.shape,
})

export const UsageEvent = z.object({
  ...base,
  type: z.literal('usage'),
  call: ModelCall,
  run: Totals,
  conversation: Totals,
})

export const BudgetEvent = z.object({
  ...base,
  type: z.literal('budget'),
  ...BudgetUse.shape,
  /** The level reached: 50, 80 or 100. */
  percent: z.optional(BudgetWarning.shape.percent),
  /** Without `percent`, the run waits for reserved money: the stopped runs that are being counted. */
  heldFor: z.optional(z.array(z.string())),
})

const waiting = { ...base, type: z.literal('waiting'), waitId: z.string() }

export const WaitingEvent = z.discriminatedUnion('kind', [
  z.object({ ...waiting, kind: z.literal('budget'), ...BudgetShortage.shape }),
  z.looseObject({ ...waiting, kind: z.enum(['approval', 'question']) }),
])

export const DecisionEvent = z.object({
  ...base,
  type: z.literal('decision'),
  waitId: z.string(),
  decision: z.string(),
  /** `continue` on a budget: how much more the run may spend. Null means no limit. */
  allowance: z.optional(Allowance),
})

export const ErrorEvent = z.object({
  ...base,
  type: z.literal('error'),
  code: z.string(),
  message: z.string(),
  retryable: z.boolean(),
})

export const EndingStatus = z.enum(['completed', 'stopped', 'failed', 'interrupted'])
export type EndingStatus = z.infer<typeof EndingStatus>

export const DoneEvent = z.object({
  ...base,
  type: z.literal('done'),
  status: EndingStatus,
  /** Why it was `stopped`, if the user did not stop the answer itself. */
  reason: z.optional(z.literal('conversation_deleted')),
  totals: Totals,
})

export const RunEvent = z.discriminatedUnion('type', [
  RunStarted,
  TokenEvent,
  ReasoningEvent,
  ToolCallEvent,
  ToolResultEvent,
  AgentEvent,
  RetryEvent,
  ProgressEvent,
  EstimateEvent,
  UsageEvent,
  BudgetEvent,
  WaitingEvent,
  DecisionEvent,
  ErrorEvent,
  DoneEvent,
])
export type RunEvent = z.infer<typeof RunEvent>

/** An event with its position in the log. */
export interface StoredRunEvent {
  seq: number
  event: RunEvent
}

/** Returns true for `done`, the only ending and the last event of a run. */
export function isEnding(event: RunEvent): event is z.infer<typeof DoneEvent> {
  return event.type === 'done'
}
