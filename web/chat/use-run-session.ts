import { useCallback, useEffect, useLayoutEffect, useMemo, useRef } from 'react'
import type { Conversation, CreateConversation } from '#shared/api.ts'
import type { Message } from '#shared/message.ts'
import type { StopMode } from '#shared/stop-run.ts'
import type { MessageActions, MessageEdits, RetryChoice } from '../transcript/message-actions.ts'
import type { ThreadRow } from '../transcript/thread-row.ts'
import { useStore } from '../ui/store.ts'
import { toPart } from './attachment.ts'
import { useChat } from './chat-context.tsx'
import { NEW_CHAT } from './drafts.ts'
import { focusComposer } from './focus-composer.ts'
import type { LiveRun } from './live-run.ts'
import { isNewTemporaryChat } from './new-temporary-chat.ts'
import type { RunSession } from './run-session.ts'

const NOT_LOADED = 'A part of this page could not be loaded. Reload it; your text is kept.'

/** With what the first message of a new chat creates its conversation. */
export type NewChatSetup = Pick<
  CreateConversation,
  'provider' | 'model' | 'agent' | 'settings' | 'folderId'
>

interface RunSessionView {
  rows: ThreadRow[]
  /** The key of the submit that the conversation does not show yet. */
  pendingKey: string | null
  /** The run under way, or the last one while the conversation is being read again. */
  live: LiveRun | null
  running: boolean
  stopping: boolean
  /** The page has had time to load what only the next step needs. */
  loaded: boolean
  /** `to` is the agent of an example, which goes without what is attached. */
  send: (text: string, to?: string) => void
  /** Asks for another answer in place of a message. */
  retry: MessageActions['retry']
  edits: MessageEdits
  /** Goes on with an answer in its message. */
  continueMessage: (messageId: string, runId: string | null) => void
  stop: (mode?: StopMode) => void
  /** Tells the running agent something. */
  steer: (text: string) => void
}

/** What a thread shows, and what can be done with it. Follows its run while it is on the screen. */
export function useRunSession(
  threadId: string,
  conversation: Conversation | null,
  newChat: NewChatSetup,
  /** The agent that the next message goes to; null: who has the conversation. */
  agent: string | null,
): RunSessionView {
  const { drafts, sessions } = useChat()
  const session = useStore(sessions, sessions.loaded)?.at(threadId) ?? null
  useStore(session, () => session?.state() ?? null)
  const activeRunId = conversation?.activeRunId ?? null
  const act = useWithSession(threadId)

  useEffect(() => session?.watch(), [session])
  useLayoutEffect(() => {
    if (conversation !== null) session?.load(conversation)
  }, [session, conversation])
  // A run under way needs at once what others get when the page is quiet.
  useEffect(() => {
    if (activeRunId !== null) sessions.load().catch(() => drafts.fail(threadId, NOT_LOADED))
  }, [sessions, drafts, threadId, activeRunId])

  const send = useCallback(
    (text: string, to?: string) => {
      const first = to === undefined ? newChat : { ...newChat, agent: to }
      act((it) => {
        it.submit({
          text: text.trim(),
          files: to === undefined ? drafts.files(threadId).flatMap(toPart) : [],
          retryOf: null,
          ...setupOf(threadId, conversation, first, to ?? agent),
        })
        if (to !== undefined) return
        drafts.take(threadId, text)
        drafts.setFiles(threadId, [])
      })
      // The button that sent disappears, so the focus moves to the composer.
      focusComposer()
    },
    [act, conversation, newChat, agent, drafts, threadId],
  )
  const retry = useCallback(
    (messageId: string, choice?: RetryChoice) => {
      const setup = setupOf(threadId, conversation, newChat, agent)
      const chosen = { ...setup.choice, ...choice }
      act((it) => it.submit({ text: null, retryOf: messageId, ...setup, choice: chosen }))
      focusComposer()
    },
    [act, threadId, conversation, newChat, agent],
  )
  const edits = useMemo(
    () => ({
      draftOf: (messageId: string) => drafts.get(messageId),
      keepDraft: (messageId: string, text: string) => drafts.set(messageId, text),
      send: ({ id, parentId, parts }: Message, text: string) => {
        act((it) => {
          it.submit({
            text: text.trim(),
            files: parts.filter((part) => part.type === 'file'),
            retryOf: null,
            editOf: { messageId: id, parentId },
            ...setupOf(threadId, conversation, newChat, agent),
          })
          drafts.set(id, '')
        })
        focusComposer()
      },
    }),
    [act, threadId, conversation, newChat, agent, drafts],
  )
  const continueMessage = useCallback(
    (messageId: string, runId: string | null) => {
      act((it) => void it.continueMessage(messageId, runId))
      focusComposer()
    },
    [act],
  )
  const stop = useCallback(
    (mode?: StopMode) =>
      act((it) => {
        if (conversation !== null) it.load(conversation)
        it.stop(mode)
      }),
    [act, conversation],
  )

  const steer = useCallback(
    (text: string) =>
      act((it) => {
        drafts.take(threadId, text)
        it.steer(text.trim())
      }),
    [act, drafts, threadId],
  )

  const { state, live } = session?.view(conversation) ?? { state: null, live: null }
  const pending = state?.pending ?? null
  const rows = useMemo(
    () => session?.rows(conversation) ?? storedRows(conversation),
    // oxlint-disable-next-line react/exhaustive-deps
    [session, conversation, pending, live],
  )
  const idle = state === null || state.phase === 'idle'
  return {
    rows,
    pendingKey: pending?.submission.key ?? null,
    live,
    running: idle ? activeRunId !== null : state.phase !== 'ended',
    stopping: state?.phase === 'running' && state.stopping,
    loaded: session !== null,
    send,
    retry,
    edits,
    continueMessage,
    stop,
    steer,
  }
}

/** Does it at once, or as soon as it can be done; what else is asked for until then is not. */
function useWithSession(threadId: string) {
  const { sessions, drafts } = useChat()
  const waiting = useRef(false)
  return useCallback(
    (act: (session: RunSession) => void) => {
      const loaded = sessions.loaded()
      if (loaded !== null) return act(loaded.at(threadId))
      if (waiting.current) return
      waiting.current = true
      sessions
        .load()
        .then(
          (here) => act(here.at(threadId)),
          () => drafts.fail(threadId, NOT_LOADED),
        )
        .finally(() => {
          waiting.current = false
        })
    },
    [sessions, drafts, threadId],
  )
}

/** The conversation that it is sent to, with its model and settings. */
function setupOf(
  threadId: string,
  conversation: Conversation | null,
  newChat: NewChatSetup,
  agent: string | null,
) {
  if (threadId === NEW_CHAT) {
    const { agent: first, settings, folderId, ...choice } = newChat
    const setup = {
      ...(first && { agent: first }),
      ...(settings && { settings }),
      ...(isNewTemporaryChat() ? { temporary: true } : folderId && { folderId }),
    }
    return { conversationId: null, choice, setup }
  }
  const { provider = null, model = null } = conversation ?? {}
  const choice = {
    ...(provider === null ? {} : { provider }),
    ...(model === null ? {} : { model }),
    ...(agent === null ? {} : { agent }),
  }
  return { conversationId: threadId, choice, setup: {} }
}

/** The thread while nothing is known but what is stored. */
function storedRows(conversation: Conversation | null): ThreadRow[] {
  const messages = conversation?.messages ?? []
  return messages.map((message) => {
    const { id, siblingIds, counting = false } = message
    return { key: id, message, live: null, siblingIds, counting }
  })
}
