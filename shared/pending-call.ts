// The estimate of a running model call: the input is estimated once, and the output is estimated from
// the text so far.
import * as z from 'zod/mini'
import { NanoUsd } from './money-schema.ts'

export const CallEstimate = z.object({
  modelCallId: z.string(),
  inputTokens: z.int().check(z.nonnegative()),
  /** The cost of the input. Null if the model has no price. */
  inputNanoUsd: z.nullable(NanoUsd),
  outputNanoUsdPerMTok: z.nullable(NanoUsd),
  /** True if the demo answers: not billed. */
  demo: z.optional(z.literal(true)),
})
export type CallEstimate = z.infer<typeof CallEstimate>

export const PendingCall = z.extend(CallEstimate, {
  /** The length of the answer in characters when the call began. */
  charsBefore: z.int().check(z.nonnegative()),
})
export type PendingCall = z.infer<typeof PendingCall>
