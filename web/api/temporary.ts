// Requests that say which temporary conversations a page has open.
import { ClosedConversation, ConversationSummary } from '#shared/api.ts'
import { request } from './request.ts'

const path = (id: string, pageId: string) => `/api/conversations/${id}/pages/${pageId}`

export function keepConversationOpen(id: string, pageId: string): Promise<ConversationSummary> {
  return request(path(id, pageId), ConversationSummary, { method: 'PUT' })
}

/** Also gets through while the page is being closed. `mayReturn`: it may be a reload. */
export function closeConversation(
  id: string,
  pageId: string,
  mayReturn: boolean,
): Promise<ClosedConversation> {
  const options = { method: 'DELETE', keepalive: true } as const
  return request(`${path(id, pageId)}?mayReturn=${mayReturn}`, ClosedConversation, options)
}
