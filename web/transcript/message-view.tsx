import { lazyPart, Nothing } from '../ui/lazy-part.tsx'
import type { MessageViewProps } from './message-actions.ts'
import { AssistantMessage } from './assistant-message.tsx'
import { UserMessage } from './user-message.tsx'

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
