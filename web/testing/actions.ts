import type { MessageActions } from '../transcript/message-actions.ts'

const none = () => {}

/** Message actions that do nothing. */
export const NO_ACTIONS: MessageActions = {
  openReceipt: none,
  retry: none,
  edits: { draftOf: () => '', keepDraft: none, send: none },
  continueMessage: none,
  renderRetryMenu: () => null,
  quote: none,
  selectBranch: async () => {},
}
