import { useState } from 'react'
import type { Conversation } from '#shared/api.ts'
import { useParameter } from '../router.tsx'
import { Transcript } from '../transcript/transcript.tsx'
import { DialogNotLoaded } from '../ui/dialog-not-loaded.tsx'
import { lazyPart, Nothing } from '../ui/lazy-part.tsx'
import { NEW_CHAT } from './drafts.ts'
import { useMessageActions } from './use-message-actions.tsx'
import { useOlderMessages, useSelectBranch } from './use-messages.ts'
import type { useRunSession } from './use-run-session.ts'

const ChatPageReceipt = lazyPart(() => import('./chat-page-receipt.tsx'), 'ChatPageReceipt', {
  failed: DialogNotLoaded,
})

const ShowMessage = lazyPart(() => import('../search/show-message.tsx'), 'ShowMessage', {
  failed: Nothing,
})

interface ConversationThreadProps {
  /** Null until it is created or loaded. */
  conversation: Conversation | null
  session: ReturnType<typeof useRunSession>
}

/** The messages of a conversation, with what can be done with them. */
export function ConversationThread({ conversation, session }: ConversationThreadProps) {
  const { rows, live, running, pendingKey, retry, edits, continueMessage } = session
  const selectBranch = useSelectBranch(conversation?.id ?? null)
  const { loadOlder, unloadOffscreenAbove } = useOlderMessages(conversation)
  const shownId = useParameter('message')
  const [receiptOf, setReceiptOf] = useState<string | null>(null)
  const threadId = conversation?.id ?? NEW_CHAT
  const does = { threadId, retry, edits, continueMessage, selectBranch }
  const actions = useMessageActions({ openReceipt: setReceiptOf, ...does })
  return (
    <>
      <Transcript
        rows={rows}
        actions={actions}
        sendingKey={pendingKey}
        canRetry={!running && pendingKey === null}
        onOlder={loadOlder}
        onSettledAtEnd={unloadOffscreenAbove}
      />
      {conversation !== null && shownId !== null && (
        <ShowMessage conversation={conversation} id={shownId} />
      )}
      {receiptOf !== null && (
        <ChatPageReceipt runId={receiptOf} live={live} onClose={() => setReceiptOf(null)} />
      )}
    </>
  )
}
