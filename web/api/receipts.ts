// The queries of costs, each with its key beside its fetcher.
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

/** The cache report of a conversation. */
export const cacheQuery = (conversationId: string) =>
  queryOptions({
    queryKey: ['cache', conversationId],
    queryFn: ({ signal }) =>
      request(`/api/conversations/${conversationId}/cache`, ConversationCache, { signal }),
  })

/** The cost of a conversation on other models. */
export const whatIfQuery = (conversationId: string) =>
  queryOptions({
    queryKey: ['what-if', conversationId],
    queryFn: ({ signal }) =>
      request(`/api/conversations/${conversationId}/what-if`, WhatIf, { signal }),
  })
