// One small model call for a program: instructions and a text in, a text or the arguments of one
// function out.
import * as z from 'zod/mini'
import { ReasoningEffort } from './conversation.ts'
import { ModelCall } from './ledger.ts'
import { MAX_INSTRUCTIONS_CHARS, MAX_TEXT_CHARS } from './limits.ts'

const Name = z.string().check(z.minLength(1), z.maxLength(200))

export const QueryFunction = z.object({
  /** As providers allow it: letters, digits, `_` and `-`, at most 64. */
  name: z.string().check(z.regex(/^[a-zA-Z0-9_-]{1,64}$/)),
  description: z.optional(z.string().check(z.maxLength(MAX_INSTRUCTIONS_CHARS))),
  /** A JSON Schema of an object. */
  parameters: z.record(z.string(), z.unknown()),
})
export type QueryFunction = z.infer<typeof QueryFunction>

/** A setting that is null or absent is not sent. */
export const QuerySettings = z.object({
  temperature: z.nullish(z.number().check(z.minimum(0), z.maximum(2))),
  topP: z.nullish(z.number().check(z.minimum(0), z.maximum(1))),
  maxOutputTokens: z.nullish(z.int().check(z.positive())),
  reasoningEffort: z.nullish(ReasoningEffort),
})
export type QuerySettings = z.infer<typeof QuerySettings>

export const Query = z.object({
  /** The instructions. */
  system: z.optional(z.string().check(z.maxLength(MAX_TEXT_CHARS))),
  user: z.string().check(z.minLength(1), z.maxLength(MAX_TEXT_CHARS)),
  /** The model must call it. */
  function: z.optional(QueryFunction),
  provider: z.optional(Name),
  model: z.optional(Name),
  settings: z.optional(QuerySettings),
})
export type Query = z.infer<typeof Query>

export const QueryResult = z.object({
  /** The arguments of the function as JSON, or the text if no function was given. */
  output: z.unknown(),
  /** From the first request to the answer, with the retries. */
  durationMs: z.int(),
  /** Null if the provider did not report them. */
  inputTokens: z.nullable(z.int()),
  outputTokens: z.nullable(z.int()),
  info: z.object({
    systemFingerprint: z.nullable(z.string()),
    /** The model that answered, as the provider names it. */
    model: z.nullable(z.string()),
    /** When the provider made the answer, by its own clock. */
    created: z.nullable(z.iso.datetime()),
  }),
  /** The row in the ledger. */
  call: ModelCall,
})
export type QueryResult = z.infer<typeof QueryResult>
