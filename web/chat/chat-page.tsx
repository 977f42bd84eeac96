import { visibleText } from '#shared/visible-text.ts'
import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useEffect, useMemo, useState } from 'react'
import { conversationQuery } from '../api/queries.ts'
import { ApiError } from '../api/request.ts'
import { ModelPicker } from '../settings/model-picker.tsx'
import { isWaiting } from '../transcript/is-waiting.ts'
import { Announcer } from '../transcript/announcer.tsx'
import { DialogNotLoaded } from '../ui/dialog-not-loaded.tsx'
import { ErrorState } from '../ui/error-state.tsx'
import { lazyPart, Nothing } from '../ui/lazy-part.tsx'
import { MODEL_PICKER_ID } from '../ui/model-picker-id.ts'
import { useStore } from '../ui/store.ts'
import { BudgetStatus, ChatHeader, SettingsButton } from './chat-header.tsx'
import { Composer } from './composer.tsx'
import { ConversationCost } from './conversation-cost.tsx'
import { NEW_CHAT } from './drafts.ts'
import { EmptyThread, ThreadSkeleton, Transcript, useTranscriptLoaded } from './lazy-transcript.tsx'
import { useOlderMessages, useSelectBranch } from './use-messages.ts'
import { useRunSession } from './use-run-session.ts'
import { useModelChange, useSetup } from './use-setup.ts'

const MissingConversation = lazyPart(
  () => import('./missing-conversation.tsx'),
  'MissingConversation',
)
const ContextMeter = lazyPart(() => import('./chat-page-context.tsx'), 'ContextMeter', {
  failed: Nothing,
})
const ChatPageEstimate = lazyPart(() => import('./chat-page-estimate.tsx'), 'ChatPageEstimate', {
  failed: Nothing,
})
const ChatPageAgent = lazyPart(() => import('./chat-page-agent.tsx'), 'ChatPageAgent', {
  fallback: () => <span className="w-24 shrink-0" />,
  failed: Nothing,
})
const ChatPageReceipt = lazyPart(() => import('./chat-page-receipt.tsx'), 'ChatPageReceipt', {
  failed: DialogNotLoaded,
})

interface ChatPageProps {
  conversationId: string | null
  leading: ReactNode
}

export function ChatPage({ conversationId, leading }: ChatPageProps) {
  const threadId = conversationId ?? NEW_CHAT
  const query = useQuery({ ...conversationQuery(threadId), enabled: conversationId !== null })
  const conversation = query.data ?? null
  const setup = useSetup(conversation)
  const session = useRunSession(threadId, conversation, setup.newChat, setup.agent)
  const { rows, live, running, retry, edits, continueMessage, stop } = session
  const send = (text: string, to?: string) => {
    session.send(text, to)
    setup.agentTold()
  }
  const sending = session.pendingKey !== null
  const drawable = useTranscriptLoaded(conversationId !== null) || sending
  // On a slow machine the time until then is over before there is anything to read.
  const settled = session.loaded && drawable
  const willChange = useModelChange(conversation, setup.chosen)
  const selectBranch = useSelectBranch(conversationId)
  const { loadOlder, unloadOffscreenAbove } = useOlderMessages(conversation)
  const [receiptOf, setReceiptOf] = useState<string | null>(null)

  const title = visibleText(conversation?.title ?? (conversationId === null ? 'New chat' : ''))
  useEffect(() => {
    document.title = title === '' ? 'Tally' : `${title} · Tally`
  }, [title])
  const actions = useMemo(
    () => ({ openReceipt: setReceiptOf, retry, edits, continueMessage, selectBranch }),
    [retry, edits, continueMessage, selectBranch],
  )

  const missing = query.error instanceof ApiError && query.error.status === 404
  const lastRow = rows.at(-1)
  const waitsForUser = useStore(
    live,
    () => running && lastRow !== undefined && isWaiting(live?.snapshot() ?? lastRow.message),
  )
  const waiting = conversationId !== null && conversation === null && !sending
  return (
    <>
      <ChatHeader leading={leading} title={title}>
        {lastRow !== undefined && <BudgetStatus row={lastRow} />}
        {conversation !== null && (
          <>
            {/* Its room is kept, so that a long title stays as it is when it comes. */}
            <div className="flex min-w-46 shrink-0 justify-end max-md:min-w-33 max-sm:min-w-19">
              {settled && <ContextMeter conversation={conversation} live={live} />}
            </div>
            <ConversationCost {...{ conversation, live, running, settled }} />
          </>
        )}
        {!waiting && <SettingsButton conversation={conversation} setup={setup} />}
      </ChatHeader>
      {(waiting ? query.isPending : !drawable) && <ThreadSkeleton />}
      {waiting && missing && <MissingConversation />}
      {waiting && query.isError && !missing && (
        <div className="m-auto">
          <ErrorState
            title="The conversation could not be loaded"
            error={query.error}
            onRetry={() => void query.refetch()}
          />
        </div>
      )}
      {!waiting && drawable && (
        <>
          {lastRow === undefined ? (
            <EmptyThread onAsk={send} />
          ) : (
            <Transcript
              rows={rows}
              actions={actions}
              sendingKey={session.pendingKey}
              canRetry={!running && !sending}
              onOlder={loadOlder}
              onSettledAtEnd={unloadOffscreenAbove}
            />
          )}
          <Announcer row={lastRow} />
          <Composer
            threadId={threadId}
            running={running}
            waiting={waitsForUser}
            stopping={session.stopping}
            onSend={send}
            onStop={stop}
            tools={
              <>
                {/* As wide as most names, so that the model beside it stays in place. */}
                {settled ? (
                  <ChatPageAgent conversation={conversation} setup={setup} row={lastRow} />
                ) : (
                  <span className="w-24 shrink-0" />
                )}
                <ModelPicker
                  value={setup.chosen}
                  onChange={setup.chooseModel}
                  placement="above-left"
                  buttonId={MODEL_PICKER_ID}
                />
              </>
            }
            renderAbout={(text) =>
              (text.trim() !== '' || willChange) && (
                <ChatPageEstimate conversation={conversation} newChat={setup.newChat} text={text} />
              )
            }
          />
        </>
      )}
      {receiptOf !== null && (
        <ChatPageReceipt runId={receiptOf} live={live} onClose={() => setReceiptOf(null)} />
      )}
    </>
  )
}
