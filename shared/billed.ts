// The cost of a conversation, split by where its answers are. The parts add up to `all`.
import * as z from 'zod/mini'
import { Totals } from './totals.ts'

/** The conversation that requests were made for. */
export const BookedIn = z.object({
  conversationId: z.string(),
  /** Null if it is deleted. */
  title: z.nullable(z.string()),
})
export type BookedIn = z.infer<typeof BookedIn>

export const ConversationBilled = z.object({
  /** Answers of the selected branch. */
  branch: Totals,
  /** Answers on other branches: tried again, or after an edited question. */
  otherBranches: Totals,
  /** Answers that were deleted. */
  deleted: Totals,
  /** Calls that belong to no answer, such as the title. */
  other: Totals,
  all: Totals,
  /** What the answers of a branch cost before it was copied. Booked in the original, so no part of `all`. */
  beforeBranching: z.optional(z.extend(BookedIn, { totals: Totals })),
})
export type ConversationBilled = z.infer<typeof ConversationBilled>
