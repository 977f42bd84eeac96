import { type QueryClient, useQueryClient } from '@tanstack/react-query'
import { createContext, type ReactNode, use, useEffect, useState } from 'react'
import { loadSchemas } from '../api/page-schemas.ts'
import { LazyModule } from '../ui/lazy-module.ts'
import { lazyPart, Nothing } from '../ui/lazy-part.tsx'
import { useStore } from '../ui/store.ts'
import { readStored } from '../ui/stored.ts'
import { Drafts, OUTBOX } from './drafts.ts'
import { type Failure, Failures } from './failures.ts'
import { onFirstMove } from './first-interaction.ts'
import { preloadTranscript } from './lazy-transcript.tsx'
import type { Traffic } from './traffic.ts'

const LatestConversations = lazyPart(
  () => import('./latest-conversations.ts'),
  'LatestConversations',
  { failed: Nothing },
)

/** What lives as long as the page and is no React state: drafts, submits, runs under way. */
interface Chat {
  drafts: Drafts
  failures: Failures
  traffic: LazyModule<Traffic>
}

const ChatContext = createContext<Chat | null>(null)

export function ChatProvider({ children }: { children: ReactNode }) {
  const client = useQueryClient()
  const [chat] = useState(() => openChat(client))
  useEffect(() => {
    // What fails here is tried again by whoever needs it.
    const load = () => {
      void chat.traffic.load().catch(() => undefined)
      void preloadTranscript()
      void loadSchemas().catch(() => undefined)
    }
    if (readStored(OUTBOX) !== null) return load()
    return onFirstMove(load)
  }, [chat])
  const settled = useStore(chat.traffic, chat.traffic.loaded) !== null
  return (
    <ChatContext value={chat}>
      {children}
      {settled && <LatestConversations />}
    </ChatContext>
  )
}

function openChat(client: QueryClient): Chat {
  const drafts = new Drafts()
  const failures = new Failures()
  const traffic = new LazyModule(async () => {
    const { Traffic } = await import('./traffic.ts')
    return new Traffic({ client, drafts, failures })
  })
  return { drafts, failures, traffic }
}

export function useChat(): Chat {
  const chat = use(ChatContext)
  if (chat === null) throw new Error('useChat stands outside of ChatProvider')
  return chat
}

/** Null until it is here. */
export function useTraffic(): Traffic | null {
  const { traffic } = useChat()
  return useStore(traffic, traffic.loaded)
}

export function useDraft(place: string): [string, (text: string) => void] {
  const { drafts } = useChat()
  const text = useStore(drafts, () => drafts.get(place))
  return [text, (next) => drafts.set(place, next)]
}

export function useFailure(place: string): Failure | null {
  const { failures } = useChat()
  return useStore(failures, () => failures.get(place))
}

/** The React key of the thread at a place: a new chat keeps it when it becomes a conversation. */
export function useThreadKey(place: string): string {
  const { traffic } = useChat()
  return traffic.loaded()?.sendings.threadOf(place) ?? place
}
