/** The actions on a message. The object stays the same, so that messages need not render again. */
export interface MessageActions {
  openReceipt: (runId: string) => void
  retry: (messageId: string) => void
  selectBranch: (messageId: string) => void
}
