// What lives as long as the page and is no React state: drafts, and the sessions of runs.
import { createContext, use } from 'react'
import type { LazyModule } from '../ui/lazy-module.ts'
import { useStore } from '../ui/store.ts'
import type { Attachment } from './attachment.ts'
import type { Drafts, Failure } from './drafts.ts'
import type { RunSessions } from './run-sessions.ts'

export interface Chat {
  drafts: Drafts
  /** Loaded after the first paint. */
  sessions: LazyModule<RunSessions>
}

export const ChatContext = createContext<Chat | null>(null)

export function useChat(): Chat {
  const chat = use(ChatContext)
  if (chat === null) throw new Error('useChat is used outside of ChatProvider')
  return chat
}

export function useDraft(threadId: string): [string, (text: string) => void] {
  const { drafts } = useChat()
  const text = useStore(drafts, () => drafts.get(threadId))
  return [text, (next) => drafts.set(threadId, next)]
}

/** The attachments of the draft. */
export function useFiles(threadId: string): readonly Attachment[] {
  const { drafts } = useChat()
  return useStore(drafts, () => drafts.files(threadId))
}

export function useFailure(threadId: string): Failure | null {
  const { drafts } = useChat()
  return useStore(drafts, () => drafts.failure(threadId))
}

/** The React key of a thread: a new chat keeps it when it becomes a conversation. */
export function useThreadKey(threadId: string): string {
  const { sessions } = useChat()
  return sessions.loaded()?.at(threadId).key ?? threadId
}
