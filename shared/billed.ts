// What a conversation has cost, by where its answers are now. The parts add up to all.
import * as z from 'zod/mini'
import { Totals } from './totals.ts'

export const ConversationBilled = z.object({
  /** Answers of the selected branch. */
  branch: Totals,
  /** Answers beside it: tried again, or after a question that was asked anew. */
  otherBranches: Totals,
  /** Answers that are not there any more. */
  deleted: Totals,
  /** What belongs to no answer, like the title. */
  other: Totals,
  all: Totals,
})
export type ConversationBilled = z.infer<typeof ConversationBilled>
