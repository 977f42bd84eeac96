import type { MessageActions } from './message-actions.ts'
import { AssistantMessage } from './assistant-message.tsx'
import type { ThreadRow } from './thread-row.ts'
import { UserMessage } from './user-message.tsx'

export interface MessageViewProps {
  row: ThreadRow
  actions: MessageActions
  canRetry: boolean
}

export function MessageView(props: MessageViewProps) {
  switch (props.row.message.role) {
    case 'user':
      return <UserMessage {...props} />
    case 'assistant':
      return <AssistantMessage {...props} />
  }
}
