// What lives as long as the page and is no React state: drafts, and the sessions of runs. The sessions are
// loaded after the first paint.
import { type QueryClient, useQueryClient } from '@tanstack/react-query'
import { createContext, type ReactNode, use, useEffect, useState } from 'react'
import { loadSchemas } from '../api/page-schemas.ts'
import { LazyModule } from '../ui/lazy-module.ts'
import { lazyPart, Nothing } from '../ui/lazy-part.tsx'
import { useStore } from '../ui/store.ts'
import type { Attachment } from './attachment.ts'
import { Drafts, type Failure, hasOutbox } from './drafts.ts'
import { preloadTranscript } from './lazy-transcript.tsx'
import type { RunSessions } from './run-sessions.ts'

const LatestConversations = lazyPart(
  () => import('./latest-conversations.ts'),
  'LatestConversations',
  { failed: Nothing },
)

const ReadMarker = lazyPart(() => import('./read-marker.ts'), 'ReadMarker', { failed: Nothing })
const WaitWatcher = lazyPart(() => import('./wait-watcher.ts'), 'WaitWatcher', { failed: Nothing })

const TemporaryLease = lazyPart(() => import('./temporary-lease.ts'), 'TemporaryLease', {
  failed: Nothing,
})

interface Chat {
  drafts: Drafts
  sessions: LazyModule<RunSessions>
}

const ChatContext = createContext<Chat | null>(null)

export function ChatProvider({ children }: { children: ReactNode }) {
  const client = useQueryClient()
  const [chat] = useState(() => openChat(client))
  useEffect(() => {
    // The code that needs it tries again.
    const load = () => {
      void chat.sessions.load().catch(() => undefined)
      void preloadTranscript()
      void loadSchemas().catch(() => undefined)
    }
    if (hasOutbox()) return load()
    return onFirstMove(load)
  }, [chat])
  const settled = useStore(chat.sessions, chat.sessions.loaded) !== null
  return (
    <ChatContext value={chat}>
      {children}
      {settled && <LatestConversations />}
      {settled && <WaitWatcher />}
      {settled && <ReadMarker />}
      {settled && <TemporaryLease />}
    </ChatContext>
  )
}

function openChat(client: QueryClient): Chat {
  const drafts = new Drafts()
  const sessions = new LazyModule(async () => {
    const { RunSessions } = await import('./run-sessions.ts')
    return new RunSessions({ client, drafts })
  })
  return { drafts, sessions }
}

export function useChat(): Chat {
  const chat = use(ChatContext)
  if (chat === null) throw new Error('useChat stands outside of ChatProvider')
  return chat
}

export function useDraft(threadId: string): [string, (text: string) => void] {
  const { drafts } = useChat()
  const text = useStore(drafts, () => drafts.get(threadId))
  return [text, (next) => drafts.set(threadId, next)]
}

/** What is attached to what is being written. */
export function useFiles(threadId: string): readonly Attachment[] {
  const { drafts } = useChat()
  return useStore(drafts, () => drafts.files(threadId))
}

export function useFailure(threadId: string): Failure | null {
  const { drafts } = useChat()
  return useStore(drafts, () => drafts.failure(threadId))
}

/** The React key of the thread of a thread: a new chat keeps it when it becomes a conversation. */
export function useThreadKey(threadId: string): string {
  const { sessions } = useChat()
  return sessions.loaded()?.at(threadId).key ?? threadId
}

const MOVES = ['pointermove', 'pointerdown', 'keydown'] as const
const MAX_WAIT_MS = 2_000

/** Calls back when the reader first moves, or soon: time to load what only the next step needs. */
function onFirstMove(callback: () => void): () => void {
  const forget = () => {
    clearTimeout(timer)
    for (const move of MOVES) removeEventListener(move, moved)
  }
  const moved = () => {
    forget()
    callback()
  }
  const timer = setTimeout(moved, MAX_WAIT_MS)
  for (const move of MOVES) addEventListener(move, moved, { passive: true })
  return forget
}
