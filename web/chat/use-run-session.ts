import { useCallback, useEffect, useLayoutEffect, useMemo, useRef } from 'react'
import type { Conversation } from '#shared/api.ts'
import type { StopMode } from '#shared/stop-run.ts'
import type { MessageActions, MessageEdits, RetryChoice } from '../transcript/message-actions.ts'
import type { ThreadRow } from '../transcript/thread-row.ts'
import { useStore } from '../ui/store.ts'
import { useChat } from './chat-context.ts'
import { focusComposer } from './focus-composer.ts'
import type { LiveRun } from './live-run.ts'
import type { NewChatSetup, RunSessions } from './run-sessions.ts'
import { t } from '#shared/translate.ts'

const NOT_LOADED = t`A part of this page could not be loaded. Reload it; your text is kept.`

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
  /** `to` is the agent of an example, which is sent without the attachments. */
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
  /** The agent that the next message goes to; null: the active agent. */
  agent: string | null,
): RunSessionView {
  const { drafts, sessions } = useChat()
  const session = useStore(sessions, sessions.loaded)?.at(threadId) ?? null
  useStore(session, () => session?.state() ?? null)
  const activeRunId = conversation?.activeRunId ?? null
  const act = useWithSessions(threadId)

  useEffect(() => session?.watch(), [session])
  useLayoutEffect(() => {
    if (conversation !== null) session?.load(conversation)
  }, [session, conversation])
  // A running answer needs the sessions at once; otherwise they load when the page is idle.
  useEffect(() => {
    if (activeRunId !== null) sessions.load().catch(() => drafts.fail(threadId, NOT_LOADED))
  }, [sessions, drafts, threadId, activeRunId])

  const asks = useMemo(() => {
    const context = { threadId, conversation, newChat, agent }
    const ask = (does: (sessions: RunSessions) => void) => {
      act(does)
      // The button that was pressed disappears.
      focusComposer()
    }
    const edits: MessageEdits = {
      draftOf: (messageId) => drafts.get(messageId),
      keepDraft: (messageId, text) => drafts.set(messageId, text),
      send: (message, text) => ask((sessions) => sessions.sendEdited(context, message, text)),
    }
    return {
      send: (text: string, to?: string) => ask((sessions) => sessions.send(context, text, to)),
      retry: (messageId: string, choice?: RetryChoice) =>
        ask((sessions) => sessions.retry(context, messageId, choice)),
      edits,
      continueMessage: (messageId: string, runId: string | null) =>
        ask((sessions) => void sessions.at(threadId).continueMessage(messageId, runId)),
      stop: (mode?: StopMode) =>
        act((sessions) => {
          const session = sessions.at(threadId)
          if (conversation !== null) session.load(conversation)
          session.stop(mode)
        }),
      steer: (text: string) =>
        act((sessions) => {
          drafts.take(threadId, text)
          sessions.at(threadId).steer(text.trim())
        }),
    }
  }, [act, drafts, threadId, conversation, newChat, agent])

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
    ...asks,
  }
}

/** Acts at once, or as soon as the sessions are loaded. Further actions until then are dropped. */
function useWithSessions(threadId: string) {
  const { sessions, drafts } = useChat()
  const waiting = useRef(false)
  return useCallback(
    (act: (sessions: RunSessions) => void) => {
      const loaded = sessions.loaded()
      if (loaded !== null) return act(loaded)
      if (waiting.current) return
      waiting.current = true
      sessions
        .load()
        .then(act, () => drafts.fail(threadId, NOT_LOADED))
        .finally(() => {
          waiting.current = false
        })
    },
    [sessions, drafts, threadId],
  )
}

/** The thread while nothing is known but what is stored. */
function storedRows(conversation: Conversation | null): ThreadRow[] {
  const messages = conversation?.messages ?? []
  return messages.map((message) => {
    const { id, siblingIds, counting = false } = message
    return { key: id, message, live: null, siblingIds, counting }
  })
}
