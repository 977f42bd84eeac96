// Summaries of the oldest messages of a conversation, each query with its key beside its fetcher.
import { type QueryClient, queryOptions } from '@tanstack/react-query'
import {
  ConversationSummaryText,
  ConversationSummaryTexts,
  SummaryPreview,
} from '#shared/summaries.ts'
import { request, send } from './request.ts'

const pathOf = (conversationId: string) => `/api/conversations/${conversationId}/summaries`

/** Of the selected branch. */
export const summariesQuery = (conversationId: string) =>
  queryOptions({
    queryKey: ['summaries', conversationId],
    queryFn: ({ signal }) => request(pathOf(conversationId), ConversationSummaryTexts, { signal }),
  })

export const summaryPreviewQuery = (conversationId: string) =>
  queryOptions({
    queryKey: ['summary-preview', conversationId],
    queryFn: ({ signal }) =>
      request(`/api/conversations/${conversationId}/summaries/preview`, SummaryPreview, { signal }),
    staleTime: 0,
    retry: false,
  })

export function createSummary(conversationId: string): Promise<ConversationSummaryText> {
  return request(pathOf(conversationId), ConversationSummaryText, { method: 'POST' })
}

export function editSummary(
  conversationId: string,
  id: string,
  text: string,
): Promise<ConversationSummaryText> {
  const options = { method: 'PATCH', body: { text } } as const
  return request(
    `/api/conversations/${conversationId}/summaries/${id}`,
    ConversationSummaryText,
    options,
  )
}

export async function undoSummary(conversationId: string, id: string): Promise<void> {
  const path = `/api/conversations/${conversationId}/summaries/${id}`
  await send(path, { method: 'DELETE' })
}

/** Call after a change. */
export async function reloadSummaries(client: QueryClient, conversationId: string): Promise<void> {
  await Promise.all(
    ['summaries', 'conversation', 'context'].map((key) =>
      client.invalidateQueries({ queryKey: [key, conversationId] }),
    ),
  )
}
