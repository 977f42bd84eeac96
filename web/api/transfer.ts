// Taking everything away, and deleting it.
import { queryOptions } from '@tanstack/react-query'
import { type BulkChange, BulkResult, ConversationPage } from '#shared/api.ts'
import { ExportEstimate } from '#shared/export-format.ts'
import { ShareContents, type ShareOptions } from '#shared/share.ts'
import { request } from './request.ts'

export const exportEstimateQuery = () =>
  queryOptions({
    queryKey: ['export', 'estimate'],
    queryFn: ({ signal }) => request('/api/export/estimate', ExportEstimate, { signal }),
    staleTime: 0,
  })

export const shareContentsQuery = (conversationId: string) =>
  queryOptions({
    queryKey: ['export', 'contents', conversationId],
    queryFn: ({ signal }) =>
      request(`/api/conversations/${conversationId}/export/contents`, ShareContents, { signal }),
    staleTime: 0,
    gcTime: 0,
  })

/** Where the server writes the page. */
export function sharedPagePath(conversationId: string, options: ShareOptions): string {
  const { tools, receipt, reasoning, files } = options
  const choices = `tools=${tools}&receipt=${receipt}&reasoning=${reasoning}&files=${files}`
  return `/api/conversations/${conversationId}/export?format=html&${choices}`
}

/** Deletes all conversations, also archived ones. Resolves with the changes that take it back. */
export async function deleteAllConversations(): Promise<BulkChange[]> {
  const undo: BulkChange[] = []
  for (const archived of ['false', 'true']) {
    for (;;) {
      const path = `/api/conversations?limit=100&order=newest&archived=${archived}`
      const { items } = await request(path, ConversationPage)
      if (items.length === 0) break
      const result = await changeConversations({
        ids: items.map(({ id }) => id),
        change: { deleted: true },
      })
      undo.push(...result.undo)
    }
  }
  return undo
}

export async function takeBack(changes: BulkChange[]): Promise<void> {
  for (const change of changes) await changeConversations(change)
}

function changeConversations(body: BulkChange): Promise<BulkResult> {
  return request('/api/conversations/bulk', BulkResult, { method: 'POST', body })
}
