// Run events: the facts of a run, numbered by seq from 1 without gaps. The stored event is the wire
// event: `event:` is the type, `id:` the seq, `data:` the rest as JSON.
import * as z from 'zod/mini'
import { Allowance, BudgetShortage, BudgetUse, BudgetWarning } from './budgets.ts'
import { ModelCall, Totals } from './ledger.ts'
import { FilePart } from './message.ts'
import { CallEstimate } from './pending-call.ts'
import { ApprovalRequest, QuestionRequest, WaitAnswer } from './waits.ts'

const at = z.iso.datetime()
const base = { at }
/** The call of the agent tool whose nested run this belongs to; absent in the run itself. */
const nested = { ...base, parentCallId: z.optional(z.string()) }

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

export const TokenEvent = z.object({ ...nested, type: z.literal('token'), delta: z.string() })
export const ReasoningEvent = z.object({
  ...nested,
  type: z.literal('reasoning'),
  delta: z.string(),
})

const toolCall = {
  ...nested,
  type: z.literal('tool_call'),
  callId: z.string(),
  name: z.string(),
  agent: z.string(),
}

export const ToolCallEvent = z.discriminatedUnion('phase', [
  z.object({ ...toolCall, phase: z.literal('arguments'), delta: z.string() }),
  z.object({ ...toolCall, phase: z.literal('ready'), arguments: z.string() }),
  z.object({
    ...toolCall,
    phase: z.literal('running'),
    /** What the call does, in the tool's own words. */
    label: z.optional(z.string()),
  }),
  /** A sentence about how far the tool is; it replaces the one before. */
  z.object({ ...toolCall, phase: z.literal('progress'), text: z.string() }),
])

export const ToolResultEvent = z.object({
  ...nested,
  type: z.literal('tool_result'),
  callId: z.string(),
  name: z.string(),
  status: z.enum(['ok', 'failed', 'denied', 'unknown']),
  /** What the model is told. */
  output: z.string(),
  durationMs: z.nullable(z.int()),
  /** What the tool did, in the tool's own words. */
  label: z.optional(z.string()),
  /** Characters of the whole output, where `output` is cut. `GET /api/runs/:id/outputs/:callId` has it. */
  wholeChars: z.optional(z.int()),
  /** Files that the tool returned beside its output. */
  files: z.optional(z.array(FilePart)),
})

/** Another agent holds the conversation from here on. */
export const AgentEvent = z.object({
  ...nested,
  type: z.literal('agent'),
  name: z.string(),
  previous: z.string(),
  /** Absent in older logs: by handoff. */
  by: z.optional(z.enum(['handoff', 'router', 'person'])),
  /** The rule of the router that decided. */
  rule: z.optional(z.string()),
})

/** A named check. Where it trips at the output, what was said so far is withheld. */
export const GuardrailEvent = z.object({
  ...nested,
  type: z.literal('guardrail'),
  name: z.string(),
  stage: z.enum(['input', 'output', 'tool_input', 'tool_output']),
  tripped: z.boolean(),
  /** A sentence for the user. */
  reason: z.optional(z.string()),
  durationMs: z.int(),
  callId: z.optional(z.string()),
})

/** What the user told the running agent, before its next request. */
export const SteerEvent = z.object({ ...nested, type: z.literal('steer'), text: z.string() })

/** A structured output that matches its schema. */
export const OutputEvent = z.object({
  ...nested,
  type: z.literal('output'),
  /** The name of the schema. */
  schema: z.string(),
  value: z.unknown(),
})

/** What the next request does not carry, or carries as a summary. */
export const ContextEvent = z.object({
  ...nested,
  type: z.literal('context'),
  kind: z.enum(['left_out', 'summary']),
  messages: z.int(),
  /** Tokens saved, estimated. */
  tokens: z.int(),
  /** Tool results that are shortened. */
  results: z.optional(z.int()),
})

export const RetryEvent = z.object({
  ...nested,
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
  ...nested,
  type: z.literal('progress'),
  progress: Progress,
})

/** A model call begins. Its `usage` event replaces this estimate. */
export const EstimateEvent = z.object({
  ...nested,
  type: z.literal('estimate'),
  ...CallEstimate.shape,
})

export const UsageEvent = z.object({
  ...nested,
  type: z.literal('usage'),
  call: ModelCall,
  run: Totals,
  conversation: Totals,
})

export const BudgetEvent = z.object({
  ...nested,
  type: z.literal('budget'),
  ...BudgetUse.shape,
  /** The level reached: 50, 80 or 100. */
  percent: z.optional(BudgetWarning.shape.percent),
  /** Without `percent`, the run waits for reserved money: the stopped runs that are being counted. */
  heldFor: z.optional(z.array(z.string())),
})

const waiting = { ...nested, type: z.literal('waiting'), waitId: z.string() }

export const WaitingEvent = z.discriminatedUnion('kind', [
  z.object({ ...waiting, kind: z.literal('budget'), ...BudgetShortage.shape }),
  z.object({ ...waiting, kind: z.literal('approval'), ...ApprovalRequest.shape }),
  z.object({ ...waiting, kind: z.literal('question'), ...QuestionRequest.shape }),
])

export const DecisionEvent = z.object({
  ...nested,
  type: z.literal('decision'),
  waitId: z.string(),
  decision: z.string(),
  ...WaitAnswer.shape,
  /** `continue` on a budget: how much more the run may spend. Null means no limit. */
  allowance: z.optional(Allowance),
})

export const ErrorEvent = z.object({
  ...nested,
  type: z.literal('error'),
  code: z.string(),
  message: z.string(),
  retryable: z.boolean(),
})

export const EndingStatus = z.enum(['completed', 'stopped', 'failed', 'interrupted'])
export type EndingStatus = z.infer<typeof EndingStatus>

export const StopReason = z.enum([
  'conversation_deleted',
  'wait_expired', // no decision in time
  'moved_on', // the user sent another message in its place
  'guardrail', // an input guardrail tripped
])
export type StopReason = z.infer<typeof StopReason>

export const DoneEvent = z.object({
  ...base,
  type: z.literal('done'),
  status: EndingStatus,
  /** Why it was `stopped`, if the user did not stop the answer itself. */
  reason: z.optional(StopReason),
  totals: Totals,
})

export const RunEvent = z.discriminatedUnion('type', [
  RunStarted,
  TokenEvent,
  ReasoningEvent,
  ToolCallEvent,
  ToolResultEvent,
  AgentEvent,
  GuardrailEvent,
  SteerEvent,
  OutputEvent,
  ContextEvent,
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
export type EventOf<Type extends RunEvent['type']> = Extract<RunEvent, { type: Type }>

/** An event with its position in the log. */
export interface StoredRunEvent {
  seq: number
  event: RunEvent
}

/** Returns true for `done`, the only ending and the last event of a run. */
export function isEnding(event: RunEvent): event is z.infer<typeof DoneEvent> {
  return event.type === 'done'
}
