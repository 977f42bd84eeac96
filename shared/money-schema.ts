// The schemas of an amount, separate from its arithmetic so that the first page loads no zod.
import * as z from 'zod/mini'

/** How well an amount is known, best first. Null is never zero: `unknown` has no amount. */
export const Certainty = z.enum(['reported', 'computed', 'estimated', 'unknown'])
export type Certainty = z.infer<typeof Certainty>

export const NanoUsd = z.int().check(z.nonnegative())
