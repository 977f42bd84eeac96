import type { ReactNode } from 'react'
import type { CreateConversation } from '#shared/api.ts'
import type { Message } from '#shared/message.ts'
import type { ThreadRow } from './thread-row.ts'

/** Who answers again, in place of the model and the agent that would. */
export type RetryChoice = Pick<CreateConversation, 'provider' | 'model' | 'agent'>

/** New versions of own messages. What is typed is kept until it is sent or cancelled. */
export interface MessageEdits {
  /** Empty if nothing is kept. */
  draftOf: (messageId: string) => string
  keepDraft: (messageId: string, text: string) => void
  send: (message: Message, text: string) => void
}

/** The actions on a message. The object stays the same, so that messages need not render again. */
export interface MessageActions {
  openReceipt: (runId: string) => void
  retry: (messageId: string, choice?: RetryChoice) => void
  /** The models and agents that an answer can be tried again with. */
  renderRetryMenu: (answer: Message) => ReactNode
  /** Puts a text into the draft as a quotation. */
  quote: (text: string) => void
  edits: MessageEdits
  /** Goes on with an answer in its message; `runId` is its newest run. */
  continueMessage: (messageId: string, runId: string | null) => void
  /** Settles when the branch is shown, or cannot be. */
  selectBranch: (messageId: string) => Promise<void>
}

export interface MessageViewProps {
  row: ThreadRow
  actions: MessageActions
  /** No run is under way, so an answer can be tried again, and an own message be sent anew. */
  canRetry: boolean
  isLast: boolean
}
