// What a run waits for a person to decide: approval of a tool call, or the answer to a question.
// Waits for a budget are in budgets.ts.
import * as z from 'zod/mini'
import { NanoUsd } from './money-schema.ts'

const Time = z.iso.datetime()

/** Asks whether a tool may run with exactly these arguments. */
export const ApprovalRequest = z.object({
  callId: z.string(),
  name: z.string(),
  agent: z.string(),
  /** The MCP server of the tool. Absent: a tool of Tally. */
  server: z.optional(z.string()),
  /** What the call will do, in the tool's own words. */
  label: z.optional(z.string()),
  /** JSON text. */
  arguments: z.string(),
  /** SHA-256 of `arguments` in hex. A decision names the one it is about. */
  argumentsHash: z.string(),
  /** Why the tool asks, in a sentence. */
  reason: z.optional(z.string()),
  expiresAt: Time,
  /** The tool only reads, so it may be allowed for the rest of the conversation. */
  mayAllowAlways: z.optional(z.literal(true)),
  /** The cost of the run until then. Null: not known. */
  spentNanoUsd: z.optional(z.nullable(NanoUsd)),
})
export type ApprovalRequest = z.infer<typeof ApprovalRequest>

/** One field of a small form. */
export const QuestionField = z.object({
  name: z.string(),
  label: z.string(),
  type: z.enum(['text', 'number', 'boolean', 'choice']),
  options: z.optional(z.array(z.string())),
  required: z.boolean(),
})
export type QuestionField = z.infer<typeof QuestionField>

export const QuestionRequest = z.object({
  callId: z.string(),
  agent: z.string(),
  question: z.string(),
  options: z.optional(z.array(z.string())),
  /** Whether an answer in own words is taken. */
  freeText: z.boolean(),
  /** A form; its answer is a JSON object in `text`. */
  schema: z.optional(z.array(QuestionField)),
  expiresAt: Time,
})
export type QuestionRequest = z.infer<typeof QuestionRequest>

/** How an approval or a question was decided, as the log keeps it. */
export const WaitAnswer = z.object({
  /** Absent in older logs: the person. */
  by: z.optional(z.enum(['person', 'rule'])),
  ruleId: z.optional(z.string()),
  callId: z.optional(z.string()),
  /** `approve` of a read-only tool: for this call, or for the rest of the conversation. */
  scope: z.optional(z.enum(['once', 'conversation'])),
  /** `deny`: what the model is told. */
  reason: z.optional(z.string()),
  /** `edit`: the arguments that the tool runs with, JSON text. */
  arguments: z.optional(z.string()),
  /** `respond`: the result in place of the tool's. */
  output: z.optional(z.string()),
  /** `answer`: the words or the chosen option. */
  text: z.optional(z.string()),
  option: z.optional(z.string()),
})
export type WaitAnswer = z.infer<typeof WaitAnswer>

const decided = {
  decision: z.optional(z.string()),
  ...WaitAnswer.shape,
}

/** The approval of a call, with its decision once there is one. */
export const Approval = z.object({
  waitId: z.string(),
  at: Time,
  ...z.omit(ApprovalRequest, { callId: true, name: true, agent: true }).shape,
  answer: z.optional(z.object(decided)),
})
export type Approval = z.infer<typeof Approval>

export const Question = z.object({
  waitId: z.string(),
  at: Time,
  ...z.omit(QuestionRequest, { callId: true, agent: true }).shape,
  answer: z.optional(z.object(decided)),
})
export type Question = z.infer<typeof Question>
