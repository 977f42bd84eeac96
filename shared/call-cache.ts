// How much of a request was read from the provider's cache, and why not more: what was different
// from the request before that it had most in common with.
import * as z from 'zod/mini'

/** What made a request begin otherwise than one before it. */
export const PrefixChange = z.enum([
  'first', // there was none before it
  'model', // another model or provider: each has a cache of its own
  'agent', // another agent, with instructions and tools of its own
  'instructions',
  'tools',
  'format', // the form of the answer that is asked for
  'question', // edited, or on another branch
  'answer', // tried again, or on another branch
  'tool_call',
  'tool_result',
  'reasoning', // of an earlier answer, which is not sent again
])
export type PrefixChange = z.infer<typeof PrefixChange>

export const MissCause = z.enum([
  ...PrefixChange.options,
  'too_short', // providers keep nothing as short
  'expired', // the request before was longer ago than caches keep it
  'unknown', // it began the same, and the provider did not find it
])
export type MissCause = z.infer<typeof MissCause>

export const CallCache = z.object({
  /** Of its input, from 0 to 1; null where the provider does not report it. */
  hitRate: z.nullable(z.number()),
  /** Null: all that could be read was read, or nobody knows. */
  cause: z.nullable(MissCause),
  /** Which question or answer of the conversation is another one, from 1. */
  changedNumber: z.nullable(z.int()),
  /** Since the request that it is compared with. */
  gapMs: z.nullable(z.int()),
  /** Tokens that could have been read from the cache, about, and were not. */
  missedTokens: z.nullable(z.int()),
})
export type CallCache = z.infer<typeof CallCache>

/** Of the answers of a conversation whose provider reports what it read from its cache. */
export const ConversationCache = z.object({
  calls: z.int(),
  inputTokens: z.int(),
  cachedInputTokens: z.int(),
  hitRate: z.nullable(z.number()),
  /** The most tokens first. */
  misses: z.array(z.object({ cause: MissCause, calls: z.int(), missedTokens: z.int() })),
})
export type ConversationCache = z.infer<typeof ConversationCache>
