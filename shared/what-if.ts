// What the requests of a conversation would have cost on other models: their real token counts, at
// the prices that were in force when they were made.
import * as z from 'zod/mini'
import { Certainty, NanoUsd } from './money-schema.ts'
import { Totals } from './totals.ts'

export const WhatIfModel = z.object({
  provider: z.string(),
  model: z.string(),
  /** A provider of the person, or the price list of the model’s maker. */
  from: z.enum(['own', 'list']),
  /** It made some of these requests itself; they cost what they were billed. */
  used: z.boolean(),
  costNanoUsd: z.nullable(NanoUsd),
  /** `estimated` wherever another model was asked: it would have counted other tokens. */
  certainty: Certainty,
  unpricedCalls: z.int(),
  /** To what was billed, below zero where it is cheaper; null where one side is not complete. */
  differenceNanoUsd: z.nullable(z.int()),
  /** Of what was billed; null where nothing was, or one side is not complete. */
  ratio: z.nullable(z.number()),
  /** False: its cached input is charged like fresh input. Null: no price, or no cached input. */
  hasCacheRate: z.nullable(z.boolean()),
  /** Whether the longest request fits its context window; null where that is not known. */
  fits: z.nullable(z.boolean()),
})
export type WhatIfModel = z.infer<typeof WhatIfModel>

export const WhatIf = z.object({
  /** What the requests that are compared were billed. */
  billed: Totals,
  /** Requests whose tokens nobody knows, and older ones beyond the most that are compared. */
  leftOut: z.object({ uncounted: z.int(), older: z.int() }),
  /** Own models first, the cheapest first among each. */
  items: z.array(WhatIfModel),
  nextCursor: z.null(),
})
export type WhatIf = z.infer<typeof WhatIf>
