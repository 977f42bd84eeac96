// How much of a request its provider read from cache, and why not more: how the request differs from
// the earlier one it shares the most with.
import * as z from 'zod/mini'

/** How the beginning of a request differs from an earlier one. */
export const PrefixChange = z.enum([
  'first', // there is no earlier request
  'model', // another model or provider: each has its own cache
  'agent', // another agent, with its own instructions and tools
  'instructions',
  'tools',
  'format', // the requested output format
  'question', // edited, or on another branch
  'answer', // tried again, or on another branch
  'tool_call',
  'tool_result',
  'reasoning', // of an earlier answer, not sent again
])
export type PrefixChange = z.infer<typeof PrefixChange>

export const MissCause = z.enum([
  ...PrefixChange.options,
  'too_short', // too short for a provider to cache
  'expired', // the earlier request is older than caches last
  'unknown', // the same prefix, but the provider did not find it
])
export type MissCause = z.infer<typeof MissCause>

export const CallCache = z.object({
  /** The cached share of the input, from 0 to 1. Null if the provider does not report it. */
  hitRate: z.nullable(z.number()),
  /** Null if there was no miss or its cause is unknown. */
  cause: z.nullable(MissCause),
  /** The number of the changed question or answer in the conversation, from 1. */
  changedNumber: z.nullable(z.int()),
  /** Milliseconds since the compared request. */
  gapMs: z.nullable(z.int()),
  /** An estimate of the tokens that could have been read from cache but were not. */
  missedTokens: z.nullable(z.int()),
})
export type CallCache = z.infer<typeof CallCache>

/** Covers the answers of a conversation whose provider reports cached tokens. */
export const ConversationCache = z.object({
  calls: z.int(),
  inputTokens: z.int(),
  cachedInputTokens: z.int(),
  hitRate: z.nullable(z.number()),
  /** Sorted by missed tokens, most first. */
  misses: z.array(z.object({ cause: MissCause, calls: z.int(), missedTokens: z.int() })),
})
export type ConversationCache = z.infer<typeof ConversationCache>
