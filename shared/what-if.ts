// The cost of a conversation’s requests on other models: their token counts at the
// prices in force when they were made.
import * as z from 'zod/mini'
import { Certainty, NanoUsd } from './money-schema.ts'
import { Totals } from './totals.ts'

export const WhatIfModel = z.object({
  provider: z.string(),
  model: z.string(),
  /** One of the user's providers, or the price list of the model’s maker. */
  from: z.enum(['own', 'list']),
  /** True if the model made some of these requests itself; those cost what was billed. */
  used: z.boolean(),
  /** True if the user marked it. */
  favorite: z.boolean(),
  costNanoUsd: z.nullable(NanoUsd),
  /** `estimated` for requests of another model, which would count other tokens. */
  certainty: Certainty,
  unpricedCalls: z.int(),
  /** The difference to what was billed, negative if cheaper. Null if one side is incomplete. */
  differenceNanoUsd: z.nullable(z.int()),
  /** The ratio to what was billed. Null if nothing was billed or one side is incomplete. */
  ratio: z.nullable(z.number()),
  /** False if its cached input costs as much as fresh input. Null without a price or cached input. */
  hasCacheRate: z.nullable(z.boolean()),
  /** True if the longest request fits the context window. Null if the window is not known. */
  fits: z.nullable(z.boolean()),
})
export type WhatIfModel = z.infer<typeof WhatIfModel>

export const WhatIf = z.object({
  /** The billed total of the compared requests. */
  billed: Totals,
  /** Requests without token counts, and older ones beyond the limit of the comparison. */
  leftOut: z.object({ uncounted: z.int(), older: z.int() }),
  /** Favourites first, then the user's own models, then by price, cheapest first. */
  items: z.array(WhatIfModel),
  nextCursor: z.null(),
})
export type WhatIf = z.infer<typeof WhatIf>
