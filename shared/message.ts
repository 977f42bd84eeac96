// A message consists of parts, in the order in which they arrived.
import * as z from 'zod/mini'
import { BudgetShortage, BudgetWarning } from './budget-use.ts'
import { FileType } from './files.ts'
import { PendingCall } from './pending-call.ts'
import { Totals } from './totals.ts'
import { Approval, Question } from './waits.ts'

export const ToolStatus = z.enum([
  'preparing',
  'waiting',
  'running',
  'done',
  'denied',
  'failed',
  'unknown',
])
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

/** A file that is attached to a message, or that a tool returned. */
export const FilePart = z.object({
  type: z.literal('file'),
  fileId: z.string(),
  name: z.string(),
  /** Describes an image of a tool. */
  alt: z.optional(z.string()),
  mediaType: FileType,
  size: z.int(),
  /** What the model got of it, estimated. */
  tokens: z.optional(z.int()),
  send: z.optional(z.literal('original')),
  /** The pages that a PDF has, and those that were sent. Absent: all. */
  pages: z.optional(z.int()),
  sentPages: z.optional(z.string()),
  width: z.optional(z.int()),
  height: z.optional(z.int()),
})
export type FilePart = z.infer<typeof FilePart>

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
  /** What the tool does, in its own words, from when it runs. */
  pendingLabel: z.optional(z.string()),
  /** What the tool did, in its own words, once it is done. */
  label: z.optional(z.string()),
  /** How far the tool is while it runs. */
  progress: z.optional(z.string()),
  /** Characters of the whole output, where `output` is cut. */
  wholeChars: z.optional(z.int()),
  /** Files that the tool returned beside its output. */
  files: z.optional(z.array(FilePart)),
  approval: z.optional(Approval),
  question: z.optional(Question),
  /** What the nested run has cost, without the runs inside it. */
  totals: z.optional(Totals),
  /** The nested run, if the tool is an agent. */
  get parts() {
    return z.optional(z.array(MessagePart))
  },
})
export type ToolCallPart = z.infer<typeof ToolCallPart>

const notice = {
  type: z.literal('notice'),
  at: z.iso.datetime(),
  /** A sentence for the user. */
  text: z.string(),
}

/** Something that happened to the run and that the user should know. */
export const NoticePart = z.discriminatedUnion('kind', [
  z.object({
    ...notice,
    kind: z.literal('retry'),
    /** When the next attempt starts. */
    until: z.iso.datetime(),
    /** The number of the next attempt. */
    attempt: z.int(),
  }),
  z.object({ ...notice, kind: z.literal('progress') }),
  z.object({
    ...notice,
    kind: z.literal('handoff'),
    /** The agent that took over. Absent in older messages. */
    agent: z.optional(z.string()),
    by: z.optional(z.enum(['handoff', 'router', 'person'])),
    rule: z.optional(z.string()),
  }),
  z.object({
    ...notice,
    kind: z.literal('guardrail'),
    name: z.string(),
    stage: z.enum(['input', 'output', 'tool_input', 'tool_output']),
    callId: z.optional(z.string()),
  }),
  z.object({ ...notice, kind: z.literal('steer') }),
  z.object({
    ...notice,
    kind: z.literal('context'),
    change: z.enum(['left_out', 'summary']),
    messages: z.int(),
    tokens: z.int(),
    results: z.optional(z.int()),
  }),
  z.object({
    ...notice,
    kind: z.literal('error'),
    code: z.string(),
    /** Whether trying again can help. */
    retryable: z.boolean(),
    /** The number of the last attempt, if there were several. */
    attempt: z.optional(z.int()),
  }),
  z.object({
    ...notice,
    kind: z.literal('budget'),
    /** How far the budget is used up. */
    warning: z.optional(BudgetWarning),
    /** The run waits for the budget: the stopped runs that are still counted. */
    heldFor: z.optional(z.array(z.string())),
  }),
  z.object({
    ...notice,
    kind: z.literal('waiting'),
    waitId: z.string(),
    /** What the budget lacks, if the run waits for one. */
    shortage: z.optional(BudgetShortage),
    /** Absent until something is decided. */
    decision: z.optional(z.string()),
  }),
  z.object({ ...notice, kind: z.literal('decision'), waitId: z.string() }),
  z.object({ ...notice, kind: z.literal('stopped') }),
  z.object({ ...notice, kind: z.literal('damaged') }),
  z.object({
    ...notice,
    kind: z.literal('imported'),
    /** The JSON of what an import does not know. */
    source: z.optional(z.string()),
  }),
])
export type NoticePart = z.infer<typeof NoticePart>
export type NoticeOf<Kind extends NoticePart['kind']> = Extract<NoticePart, { kind: Kind }>

/** A structured output that matches its schema. */
export const OutputPart = z.object({
  type: z.literal('output'),
  schema: z.string(),
  value: z.unknown(),
})
export type OutputPart = z.infer<typeof OutputPart>

export const MessagePart = z.discriminatedUnion('type', [
  FilePart,
  TextPart,
  ReasoningPart,
  ToolCallPart,
  OutputPart,
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
  /** An output guardrail has taken the answer back. */
  withheld: z.optional(z.literal(true)),
  /** The running model call, which `totals` does not include yet. */
  pending: z.optional(PendingCall),
})
export type Message = z.infer<typeof Message>
