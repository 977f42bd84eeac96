import { useQueryClient } from '@tanstack/react-query'
import {
  createContext,
  type ReactNode,
  use,
  useEffect,
  useState,
  useSyncExternalStore,
} from 'react'
import { Drafts } from './drafts.ts'
import { prepareToFollow } from './run-feed.ts'
import { RunFeeds } from './run-feeds.ts'
import { Sendings } from './sendings.ts'
import { useLatestConversations } from './use-latest-conversations.ts'

/** What lives as long as the page and is no React state: runs under way, submits, drafts. */
interface Chat {
  feeds: RunFeeds
  sendings: Sendings
  drafts: Drafts
}

const ChatContext = createContext<Chat | null>(null)

export function ChatProvider({ children }: { children: ReactNode }) {
  const client = useQueryClient()
  const [chat] = useState(() => {
    const feeds = new RunFeeds(client)
    const drafts = new Drafts()
    return { feeds, drafts, sendings: new Sendings({ client, feeds, drafts }) }
  })
  useEffect(() => chat.sendings.resume(), [chat])
  useEffect(() => whenLoaded(prepareToFollow), [])
  useLatestConversations()
  return <ChatContext value={chat}>{children}</ChatContext>
}

function whenLoaded(callback: () => void): () => void {
  if (document.readyState === 'complete') callback()
  addEventListener('load', callback)
  return () => removeEventListener('load', callback)
}

export function useChat(): Chat {
  const chat = use(ChatContext)
  if (chat === null) throw new Error('useChat stands outside of ChatProvider')
  return chat
}

export function useDraft(place: string): [string, (text: string) => void] {
  const { drafts } = useChat()
  const text = useSyncExternalStore(drafts.subscribe, () => drafts.get(place))
  return [text, (next) => drafts.set(place, next)]
}

/** The React key of the thread at a place: a new chat keeps it when it becomes a conversation. */
export function useThreadKey(place: string): string {
  return useChat().sendings.threadOf(place)
}
