// What the cache of its providers did for a conversation.
import { queryOptions } from '@tanstack/react-query'
import { ConversationCache } from '#shared/call-cache.ts'
import { paths } from '#shared/paths.ts'
import { request } from './request.ts'

export const cacheQuery = (conversationId: string) =>
  queryOptions({
    queryKey: ['cache', conversationId],
    queryFn: ({ signal }) => request(paths.cache(conversationId), ConversationCache, { signal }),
  })
