import { addTotals, NO_CALLS } from './add-totals.ts'
import type { ToolCallPart } from './message.ts'
import type { Totals } from './totals.ts'

/** What the nested run of a call has cost, with the runs inside it. */
export function nestedTotals({ totals = NO_CALLS, parts = [] }: ToolCallPart): Totals {
  return parts.reduce(
    (sum, part) => (part.type === 'tool_call' ? addTotals(sum, nestedTotals(part)) : sum),
    totals,
  )
}
