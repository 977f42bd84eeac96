import { lazyPart, Nothing } from '../ui/lazy-part.tsx'
import type { MessageActions } from './message-actions.ts'
import { AssistantMessage } from './assistant-message.tsx'
import type { ThreadRow } from './thread-row.ts'
import { UserMessage } from './user-message.tsx'

export interface MessageViewProps {
  row: ThreadRow
  actions: MessageActions
  /** No run is under way, so an answer can be tried again, and an own message be sent anew. */
  canRetry: boolean
  isLast: boolean
}

const SummaryCard = lazyPart(() => import('./summary-card.tsx'), 'SummaryCard', { failed: Nothing })

export function MessageView(props: MessageViewProps) {
  const { message, summaryId } = props.row
  return (
    <>
      {message.role === 'user' ? <UserMessage {...props} /> : <AssistantMessage {...props} />}
      {summaryId !== undefined && (
        <SummaryCard conversationId={message.conversationId} summaryId={summaryId} />
      )}
    </>
  )
}
