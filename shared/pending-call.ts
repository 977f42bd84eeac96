// What is known of a model call while it is under way: what was sent is estimated once, and what
// comes back is counted from the text so far.
import * as z from 'zod/mini'
import { NanoUsd } from './money-schema.ts'

export const CallEstimate = z.object({
  modelCallId: z.string(),
  inputTokens: z.int().check(z.nonnegative()),
  /** What the input costs; null: the model has no price. */
  inputNanoUsd: z.nullable(NanoUsd),
  outputNanoUsdPerMTok: z.nullable(NanoUsd),
  /** The demo answers, and nobody is billed. */
  demo: z.optional(z.literal(true)),
})
export type CallEstimate = z.infer<typeof CallEstimate>

export const PendingCall = z.extend(CallEstimate, {
  /** How many characters the answer had before it. */
  charsBefore: z.int().check(z.nonnegative()),
})
export type PendingCall = z.infer<typeof PendingCall>
