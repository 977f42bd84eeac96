/** The actions on a message. The object stays the same, so that messages need not render again. */
export interface MessageActions {
  openReceipt: (runId: string) => void
  retry: (messageId: string) => void
  /** Goes on with an answer in its message; `runId` is its newest run. */
  continueMessage: (messageId: string, runId: string | null) => void
  selectBranch: (messageId: string) => void
}
