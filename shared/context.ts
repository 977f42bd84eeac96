// What the next request of a conversation carries, part by part, and how much of the model's window
// that is.
import * as z from 'zod/mini'

const Tokens = z.int().check(z.nonnegative())

export const ContextPart = z.object({
  /** `other` stands for all parts that are not listed. */
  kind: z.enum(['instructions', 'tools', 'user', 'assistant', 'tool_call', 'tool_result', 'other']),
  /** The name of a tool, or how a text begins. */
  label: z.string(),
  messageId: z.nullable(z.string()),
  callId: z.nullable(z.string()),
  /** Its share of `inputTokens`. */
  tokens: Tokens,
  /** A tool result that the model gets a short sentence in place of. */
  dropped: z.boolean(),
})
export type ContextPart = z.infer<typeof ContextPart>

export const ConversationContext = z.object({
  /** Who gets the next request; null when nobody can. */
  provider: z.nullable(z.string()),
  model: z.nullable(z.string()),
  /** The model's window in tokens; null when it is not known. */
  window: z.nullable(Tokens),
  /** Without what is said next. */
  inputTokens: Tokens,
  /** `reported`: the provider counted the last request, and only what came since is estimated. */
  certainty: z.enum(['reported', 'estimated']),
  /** In the order in which they are sent; they add up to `inputTokens`. */
  parts: z.array(ContextPart),
  /** Nobody reports the tokens of a part. */
  partsCertainty: z.literal('estimated'),
})
export type ConversationContext = z.infer<typeof ConversationContext>
