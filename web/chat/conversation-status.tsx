import type { Conversation } from '#shared/api.ts'
import type { Message, MessagePart } from '#shared/message.ts'
import { lastNotice } from '#shared/message-text.ts'
import { useLive } from '../transcript/live-message.ts'
import type { ThreadRow } from '../transcript/thread-row.ts'
import { lazyPart, Nothing } from '../ui/lazy-part.tsx'
import { ConversationCost } from './conversation-cost.tsx'
import type { LiveRun } from './live-run.ts'

const ContextMeter = lazyPart(() => import('./chat-page-context.tsx'), 'ContextMeter', {
  failed: Nothing,
})
const BudgetBadge = lazyPart(() => import('./budget-badge.tsx'), 'BudgetBadge', {
  failed: Nothing,
})

/** How far a budget is used up, when the last answer brought it there. */
function BudgetStatus({ row }: { row: ThreadRow }) {
  const warning = useLive(row.live, row.message, newestWarning)
  return warning === null ? null : <BudgetBadge warning={warning} />
}

function newestWarning({ parts }: Message) {
  const isWarning = (part: MessagePart) =>
    part.type === 'notice' && part.kind === 'budget' && part.warning !== undefined
  return lastNotice(parts.filter(isWarning), 'budget')?.warning ?? null
}

interface ConversationStatusProps {
  /** Null until it is created. */
  conversation: Conversation | null
  /** The newest message. */
  row: ThreadRow
  live: LiveRun | null
  running: boolean
  /** The page has had time to load what only the next step needs. */
  settled: boolean
}

/** What a conversation has used up: budget, context and money. */
export function ConversationStatus(props: ConversationStatusProps) {
  const { conversation, row, live, running, settled } = props
  return (
    <>
      <BudgetStatus row={row} />
      {conversation !== null && (
        <>
          {/* Its room is kept, so that a long title stays as it is when it comes. */}
          <div className="flex min-w-46 shrink-0 justify-end max-md:min-w-33 max-sm:min-w-6">
            {settled && <ContextMeter conversation={conversation} live={live} />}
          </div>
          <ConversationCost {...{ conversation, live, running, settled }} />
        </>
      )}
    </>
  )
}
