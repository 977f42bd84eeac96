// What the page reads, each with its key beside its fetcher.
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { Conversation, ConversationPage } from '#shared/conversation.ts'
import { ModelList } from '#shared/models.ts'
import { paths } from '#shared/paths.ts'
import { joinPages } from './conversation-pages.ts'
import { request } from './request.ts'

const CONVERSATIONS_PER_PAGE = 50

/** Every list of conversations. Invalidate `['conversations']` to reload it. */
export const conversationsQuery = () =>
  infiniteQueryOptions({
    queryKey: ['conversations'],
    queryFn: ({ pageParam, signal }) =>
      request(listPath(pageParam, CONVERSATIONS_PER_PAGE), ConversationPage, { signal }),
    initialPageParam: '',
    getNextPageParam: (page) => page.nextCursor,
  })

/** The newest few, asked for again and again, so that the page notices what other tabs and clients do. */
export const latestConversationsQuery = () =>
  queryOptions({
    queryKey: ['latest-conversations'],
    queryFn: ({ signal }) => request(listPath('', 10), ConversationPage, { signal }),
  })

/** One conversation with the messages loaded so far; older pages that were loaded stay. */
export const conversationQuery = (id: string) =>
  queryOptions({
    queryKey: ['conversation', id],
    queryFn: async ({ client, signal, queryKey }) => {
      const newest = await request(paths.conversation(id), Conversation, { signal })
      return joinPages(client.getQueryData<Conversation>(queryKey), newest)
    },
  })

export const modelsQuery = () =>
  queryOptions({
    queryKey: ['models'],
    queryFn: ({ signal }) => request(paths.models, ModelList, { signal }),
    staleTime: 60_000,
  })

function listPath(cursor: string, limit: number): string {
  const query = new URLSearchParams({ limit: String(limit) })
  if (cursor !== '') query.set('cursor', cursor)
  return `${paths.conversations}?${query}`
}
