import { type QueryClient, useQueryClient } from '@tanstack/react-query'
import { type ReactNode, useEffect, useState } from 'react'
import { loadSchemas } from '../api/page-schemas.ts'
import { LazyModule } from '../ui/lazy-module.ts'
import { lazyPart, Nothing } from '../ui/lazy-part.tsx'
import { useStore } from '../ui/store.ts'
import { type Chat, ChatContext } from './chat-context.ts'
import { Drafts, hasOutbox } from './drafts.ts'
import { preloadTranscript } from './lazy-transcript.tsx'

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

/** Opens the chat of the page, and loads what only the next step needs once the reader does something. */
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
    return onFirstInteraction(load)
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

const INTERACTIONS = ['pointermove', 'pointerdown', 'keydown'] as const
const MAX_WAIT_MS = 2_000

/** Calls back when the reader first moves, clicks or types, and after two seconds at the latest. */
function onFirstInteraction(callback: () => void): () => void {
  const forget = () => {
    clearTimeout(timer)
    for (const type of INTERACTIONS) removeEventListener(type, interacted)
  }
  const interacted = () => {
    forget()
    callback()
  }
  const timer = setTimeout(interacted, MAX_WAIT_MS)
  for (const type of INTERACTIONS) addEventListener(type, interacted, { passive: true })
  return forget
}
