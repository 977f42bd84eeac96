// The queries of the page, each with its key beside its fetcher.
import { queryOptions } from '@tanstack/react-query'
import type { Conversation, ConversationPage } from '#shared/conversation.ts'
import { pageSchemas } from './page-schemas.ts'
import { request } from './request.ts'

const CONVERSATIONS_PER_PAGE = 50

/** A list of conversations as far as it is loaded. */
interface LoadedConversations {
  pages: ConversationPage[]
}

/** What a list contains, as the server is asked for it. `none`: what is in no folder, and what is pinned. */
export type ListName = 'folder=none' | `folder=${string}` | 'archived=true'

/** Invalidate `['conversations']` to reload every list. */
export const conversationsQuery = (list: ListName = 'folder=none') =>
  queryOptions({
    queryKey: ['conversations', list],
    queryFn: async ({ client, signal, queryKey }): Promise<LoadedConversations> => {
      const length = () => client.getQueryData<LoadedConversations>(queryKey)?.pages.length ?? 1
      const pages: ConversationPage[] = []
      let cursor: string | null = ''
      // As long as it was, also where it has grown while this was read.
      while (cursor !== null && pages.length < length()) {
        const page = await readConversations(list, cursor, signal)
        pages.push(page)
        cursor = page.nextCursor
      }
      return { pages }
    },
  })

export function readConversations(
  list: ListName,
  cursor: string,
  signal?: AbortSignal,
): Promise<ConversationPage> {
  const path = listPath(list, cursor, CONVERSATIONS_PER_PAGE)
  return request(path, pageSchemas.ConversationPage, signal ? { signal } : {})
}

/** The newest few, asked for again and again, so that the page notices what other tabs and clients do. */
export const latestConversationsQuery = () =>
  queryOptions({
    queryKey: ['latest-conversations'],
    queryFn: ({ signal }) =>
      request(listPath('order=newest', '', 10), pageSchemas.ConversationPage, { signal }),
  })

/** One conversation with the messages loaded so far; older pages that were loaded stay. */
export const conversationQuery = (id: string) =>
  queryOptions({
    queryKey: ['conversation', id],
    queryFn: async ({ client, signal, queryKey }) => {
      const newest = await request(`/api/conversations/${id}`, pageSchemas.Conversation, { signal })
      return joinPages(client.getQueryData<Conversation>(queryKey), newest)
    },
  })

/** The newest page just read, with the older messages that were loaded before it. */
export function joinPages(loaded: Conversation | undefined, newest: Conversation): Conversation {
  const first = newest.messages[0]
  if (loaded === undefined || first === undefined) return newest
  // The same message has the same ancestors, so what stood before it still does.
  const same = loaded.messages.findIndex((message) => message.id === first.id)
  const overlap = same === -1 ? 1 + indexOf(loaded, first.parentId) : same
  if (overlap <= 0) return newest
  return {
    ...newest,
    messages: [...loaded.messages.slice(0, overlap), ...newest.messages],
    previousCursor: loaded.previousCursor,
  }
}

function indexOf({ messages }: Conversation, id: string | null): number {
  return id === null ? -1 : messages.findIndex((message) => message.id === id)
}

export const modelsQuery = () =>
  queryOptions({
    queryKey: ['models'],
    queryFn: ({ signal }) => request('/api/models', pageSchemas.ModelList, { signal }),
    staleTime: 60_000,
  })

function listPath(list: ListName | 'order=newest', cursor: string, limit: number): string {
  const after = cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`
  return `/api/conversations?limit=${limit}&${list}${after}`
}
