// The cost of a conversation, split by where its answers are. The parts add up to `all`.
import * as z from 'zod/mini'
import { Totals } from './totals.ts'

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
})
export type ConversationBilled = z.infer<typeof ConversationBilled>
