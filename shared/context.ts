// The parts of a conversation's next request, and their share of the model's context window.
import * as z from 'zod/mini'

const Tokens = z.int().check(z.nonnegative())

export const ContextPart = z.object({
  /** `other` stands for all parts that are not listed. */
  kind: z.enum([
    'instructions',
    'tools',
    'summary',
    'user',
    'assistant',
    'tool_call',
    'tool_result',
    'other',
  ]),
  /** The name of a tool, or the beginning of a text. */
  label: z.string(),
  messageId: z.nullable(z.string()),
  callId: z.nullable(z.string()),
  /** The part's share of `inputTokens`. */
  tokens: Tokens,
  /** True if a tool result is replaced by a short sentence. */
  dropped: z.boolean(),
})
export type ContextPart = z.infer<typeof ContextPart>

export const ContextGroup = z.object({
  /** Instructions, tools and the summary; a message of the user and what followed; or all smaller turns. */
  kind: z.enum(['setup', 'turn', 'other']),
  /** The beginning of the user's message. Empty if the turn has none. */
  label: z.string(),
  messageId: z.nullable(z.string()),
  /** The sum of its parts. */
  tokens: Tokens,
  /** The largest in the order in which they are sent, and the others as one. */
  parts: z.array(ContextPart),
})
export type ContextGroup = z.infer<typeof ContextGroup>

export const ConversationContext = z.object({
  /** The provider of the next request. Null if none could answer. */
  provider: z.nullable(z.string()),
  model: z.nullable(z.string()),
  /** The model's context window in tokens. Null if not known. */
  window: z.nullable(Tokens),
  /** What is not sent, because the window has no room for it. Null if everything is. */
  leftOut: z.nullable(
    z.object({
      /** The oldest messages. */
      messages: Tokens,
      /** Old tool results that are shortened. */
      results: Tokens,
      tokens: Tokens,
    }),
  ),
  /** Excludes the next user message. */
  inputTokens: Tokens,
  /** `reported`: the provider counted the last request, and only the rest is estimated. */
  certainty: z.enum(['reported', 'estimated']),
  /** In the order in which they are sent. They add up to `inputTokens`. */
  parts: z.array(ContextPart),
  /** The parts by turn, if they were asked for. They add up to `inputTokens` too. */
  groups: z.array(ContextGroup),
  /** Always estimated: no provider reports the tokens of a part. */
  partsCertainty: z.literal('estimated'),
})
export type ConversationContext = z.infer<typeof ConversationContext>
