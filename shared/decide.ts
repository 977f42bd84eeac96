// What a person decides about a wait, and what waits.
import * as z from 'zod/mini'
import { NanoUsd } from './money-schema.ts'

const Id = z.string().check(z.minLength(1), z.maxLength(100))
const Hash = z.string().check(z.regex(/^[0-9a-f]{64}$/))
const Text = z.string().check(z.maxLength(100_000))
const wait = { waitId: Id }

/** Each decision belongs to one kind of wait; another kind's is refused. */
export const DecideRun = z.discriminatedUnion('decision', [
  /** Budget: goes on with this much more, or with what was offered. */
  z.object({
    ...wait,
    decision: z.literal('continue'),
    limitNanoUsd: z.optional(NanoUsd.check(z.positive())),
    limitTokens: z.optional(z.int().check(z.positive())),
  }),
  /** Budget: ends the run. */
  z.object({ ...wait, decision: z.literal('stop') }),
  /** Approval: runs the tool with the arguments of this hash. */
  z.object({
    ...wait,
    decision: z.literal('approve'),
    argumentsHash: Hash,
    scope: z._default(z.enum(['once', 'conversation']), 'once'),
  }),
  /** Approval: the model is told, with the reason. */
  z.object({ ...wait, decision: z.literal('deny'), reason: z.optional(Text) }),
  /** Approval: runs the tool with other arguments, JSON text. */
  z.object({ ...wait, decision: z.literal('edit'), argumentsHash: Hash, arguments: Text }),
  /** Approval: the result in place of the tool's. */
  z.object({ ...wait, decision: z.literal('respond'), output: Text }),
  /** Question: own words, an option, or both. */
  z.object({
    ...wait,
    decision: z.literal('answer'),
    text: z.optional(Text),
    option: z.optional(Text),
  }),
])
export type DecideRun = z.infer<typeof DecideRun>

/** A wait that is not decided yet. */
export const OpenWait = z.object({
  waitId: z.string(),
  runId: z.string(),
  conversationId: z.string(),
  conversationTitle: z.string(),
  kind: z.enum(['budget', 'approval', 'question']),
  agent: z.nullable(z.string()),
  /** The tool that asks. Null: a budget. */
  tool: z.nullable(z.string()),
  /** What the call will do, in the tool's own words, for an approval. */
  label: z.optional(z.string()),
  /** The question itself, for a question. */
  question: z.optional(z.string()),
  createdAt: z.iso.datetime(),
  expiresAt: z.iso.datetime(),
})
export type OpenWait = z.infer<typeof OpenWait>

export const WaitList = z.object({ items: z.array(OpenWait), nextCursor: z.null() })
export type WaitList = z.infer<typeof WaitList>
