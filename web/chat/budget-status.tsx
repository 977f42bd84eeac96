import { lazy, Suspense } from 'react'
import type { Message } from '#shared/message.ts'
import { useLive } from '../transcript/live-message.ts'
import type { ThreadRow } from '../transcript/thread-row.ts'

const BudgetBadge = lazy(async () => {
  const { BudgetBadge } = await import('./budget-badge.tsx')
  return { default: BudgetBadge }
})

/** How far a budget is used up, when the last answer brought it there. */
export function BudgetStatus({ row }: { row: ThreadRow }) {
  const warning = useLive(row.live, row.message, newestWarning)
  return warning === null ? null : (
    <Suspense>
      <BudgetBadge warning={warning} />
    </Suspense>
  )
}

function newestWarning({ parts }: Message) {
  const notice = parts.findLast((part) => part.type === 'notice' && part.kind === 'budget')
  return (notice?.type === 'notice' && notice.warning) || null
}
