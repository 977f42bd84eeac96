import type { Message } from '#shared/message.ts'
import { useLive } from '../transcript/live-message.ts'
import type { ThreadRow } from '../transcript/thread-row.ts'
import { lazyPart, Nothing } from '../ui/lazy-part.tsx'

const BudgetBadge = lazyPart(() => import('./budget-badge.tsx'), 'BudgetBadge', {
  failed: Nothing,
})

/** How far a budget is used up, when the last answer brought it there. */
export function BudgetStatus({ row }: { row: ThreadRow }) {
  const warning = useLive(row.live, row.message, newestWarning)
  return warning === null ? null : <BudgetBadge warning={warning} />
}

function newestWarning({ parts }: Message) {
  const notice = parts.findLast((part) => part.type === 'notice' && part.warning)
  return (notice?.type === 'notice' && notice.warning) || null
}
