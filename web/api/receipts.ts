// What answers and conversations have cost, each with its key beside its fetcher.
import { queryOptions } from '@tanstack/react-query'
import { Receipt } from '#shared/api.ts'
import { ConversationCache } from '#shared/call-cache.ts'
import { WhatIf } from '#shared/what-if.ts'
import { request } from './request.ts'

export const receiptQuery = (runId: string) =>
  queryOptions({
    queryKey: ['receipt', runId],
    queryFn: ({ signal }) => request(`/api/runs/${runId}/calls`, Receipt, { signal }),
  })

/** What the cache of its providers did for a conversation. */
export const cacheQuery = (conversationId: string) =>
  queryOptions({
    queryKey: ['cache', conversationId],
    queryFn: ({ signal }) =>
      request(`/api/conversations/${conversationId}/cache`, ConversationCache, { signal }),
  })

/** What a conversation would have cost on other models. */
export const whatIfQuery = (conversationId: string) =>
  queryOptions({
    queryKey: ['what-if', conversationId],
    queryFn: ({ signal }) =>
      request(`/api/conversations/${conversationId}/what-if`, WhatIf, { signal }),
  })
