import { visibleText } from '#shared/visible-text.ts'
import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useEffect } from 'react'
import { conversationQuery } from '../api/queries.ts'
import { ApiError } from '../api/request.ts'
import { useParameter } from '../router.tsx'
import { ModelPicker } from '../settings/model-picker.tsx'
import { isWaiting } from '../transcript/is-waiting.ts'
import { Announcer } from '../transcript/announcer.tsx'
import { ErrorState } from '../ui/error-state.tsx'
import { currentChat } from '../ui/current-chat.ts'
import { lazyPart, Nothing, NotLoaded } from '../ui/lazy-part.tsx'
import { MODEL_PICKER_ID } from '../ui/current-chat.ts'
import { useStore } from '../ui/store.ts'
import { ChatHeader, ConversationButtons } from './chat-header.tsx'
import { useFiles } from './chat-context.ts'
import { Composer } from './composer.tsx'
import { NEW_CHAT } from './drafts.ts'
import {
  ConversationStatus,
  ConversationThread,
  EmptyThread,
  ThreadSkeleton,
  StatusSpace,
  useTranscriptLoaded,
} from './lazy-transcript.tsx'
import { useRunSession } from './use-run-session.ts'
import { useModelChange, useSetup } from './use-setup.ts'
import { t } from '#shared/translate.ts'

const MissingConversation = lazyPart(
  () => import('./missing-conversation.tsx'),
  'MissingConversation',
)
const ChatPageEstimate = lazyPart(() => import('./chat-page-estimate.tsx'), 'ChatPageEstimate', {
  failed: Nothing,
})
const ChatPageAgent = lazyPart(() => import('./chat-page-agent.tsx'), 'ChatPageAgent', {
  fallback: ({ conversation, setup }) => (
    <AgentName name={setup.agent ?? conversation?.agent ?? null} />
  ),
  failed: Nothing,
})
const AttachButton = lazyPart(() => import('./attach-button.tsx'), 'AttachButton', {
  fallback: () => <span className="w-8 shrink-0" />,
  failed: Nothing,
})
const AttachmentList = lazyPart(() => import('./attachment-list.tsx'), 'AttachmentList', {
  failed: NotLoaded,
})
const ChatPageQueue = lazyPart(() => import('./chat-page-queue.tsx'), 'ChatPageQueue', {
  failed: Nothing,
})
const ChatPageFolder = lazyPart(() => import('./chat-page-folder.tsx'), 'ChatPageFolder', {
  failed: Nothing,
})

const TemporaryToggle = lazyPart(() => import('./temporary-toggle.tsx'), 'TemporaryToggle', {
  failed: Nothing,
})
const TemporaryBanner = lazyPart(() => import('./temporary-banner.tsx'), 'TemporaryBanner', {
  failed: Nothing,
})

/** Stands for the picker until it is loaded: as wide as with most names, so that the model beside it stays in place. */
function AgentName({ name }: { name: string | null }) {
  return (
    <span className="w-24 shrink-0 truncate px-2 text-sm font-medium text-muted">
      {name === null ? t`Agent` : visibleText(name)}
    </span>
  )
}

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
  const { rows, live, running, stop } = session
  const send = (text: string, to?: string) => {
    session.send(text, to)
    setup.agentTold()
  }
  useEffect(() => {
    currentChat.setup = setup
    return () => {
      currentChat.setup = null
    }
  }, [setup])
  const files = useFiles(threadId)
  const sending = session.pendingKey !== null
  const drawable = useTranscriptLoaded(conversationId !== null) || sending
  // On a slow machine the sessions may be loaded before the messages.
  const settled = session.loaded && drawable
  const willChange = useModelChange(conversation, setup.chosen)

  const folderId = useParameter('folder')
  const isTemporary = useParameter('temporary') !== null
  const newTitle = isTemporary ? t`Temporary chat` : t`New chat`
  const title = visibleText(conversation?.title ?? (conversationId === null ? newTitle : ''))
  useEffect(() => {
    document.title = title === '' ? 'Tally' : t`${title} · Tally`
  }, [title])

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
        {/* What is read is drawn before what it cost. */}
        {lastRow !== undefined && !drawable && <StatusSpace />}
        {lastRow !== undefined && drawable && (
          <ConversationStatus {...{ conversation, live, running, settled }} row={lastRow} />
        )}
        {conversationId === null && lastRow === undefined && (
          <span className="size-8 shrink-0 pointer-coarse:size-11">
            {settled && <TemporaryToggle isOn={isTemporary} />}
          </span>
        )}
        {!waiting && <ConversationButtons conversation={conversation} setup={setup} />}
      </ChatHeader>
      {conversation?.temporary && <TemporaryBanner id={conversation.id} />}
      {(waiting ? query.isPending : !drawable) && <ThreadSkeleton />}
      {waiting && missing && <MissingConversation />}
      {waiting && query.isError && !missing && (
        <div className="m-auto">
          <ErrorState
            title={t`The conversation could not be loaded`}
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
            <ConversationThread conversation={conversation} session={session} />
          )}
          <Announcer row={lastRow} />
          {settled && conversationId !== null && (
            <ChatPageQueue conversationId={conversationId} running={running} />
          )}
          {folderId !== null && conversationId === null && (
            <ChatPageFolder folderId={folderId} setNewChat={setup.setNewChat} />
          )}
          <Composer
            threadId={threadId}
            running={running}
            waiting={waitsForUser}
            stopping={session.stopping}
            onSend={send}
            onSteer={session.steer}
            onStop={stop}
            attached={
              files.length > 0 && (
                <AttachmentList {...{ threadId, files, conversation }} newChat={setup.newChat} />
              )
            }
            tools={
              <>
                {settled ? <AttachButton threadId={threadId} /> : <span className="w-8 shrink-0" />}
                {/* A phone needs their place for what can be done with a text meanwhile. */}
                <div className="flex min-w-0 items-center gap-0.5 max-sm:group-data-queues/tools:hidden">
                  {settled ? (
                    <ChatPageAgent conversation={conversation} setup={setup} row={lastRow} />
                  ) : (
                    <AgentName name={null} />
                  )}
                  <ModelPicker
                    value={setup.chosen}
                    onChange={setup.chooseModel}
                    placement="above-left"
                    buttonId={MODEL_PICKER_ID}
                  />
                </div>
              </>
            }
            renderAbout={(text) =>
              (text.trim() !== '' || files.length > 0 || willChange) && (
                <ChatPageEstimate
                  conversation={conversation}
                  newChat={setup.newChat}
                  text={text}
                  files={files}
                />
              )
            }
          />
        </>
      )}
    </>
  )
}
