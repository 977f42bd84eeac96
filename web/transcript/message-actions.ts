import type { Message } from '#shared/message.ts'

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
  retry: (messageId: string) => void
  edits: MessageEdits
  /** Goes on with an answer in its message; `runId` is its newest run. */
  continueMessage: (messageId: string, runId: string | null) => void
  selectBranch: (messageId: string) => void
}
