// Requests of the first page for one conversation. Those for runs, which come later, are in runs.ts.
import type { UpdateConversation } from '#shared/api.ts'
import type { Conversation } from '#shared/conversation.ts'
import { pageSchemas } from './page-schemas.ts'
import { request } from './request.ts'

export function updateConversation(id: string, body: UpdateConversation): Promise<Conversation> {
  return request(`/api/conversations/${id}`, pageSchemas.Conversation, { method: 'PATCH', body })
}

/** The page of messages before `cursor`. */
export function readOlderMessages(id: string, cursor: string): Promise<Conversation> {
  const query = new URLSearchParams({ before: cursor })
  return request(`/api/conversations/${id}?${query}`, pageSchemas.Conversation)
}

export function readNewestMessages(id: string): Promise<Conversation> {
  return request(`/api/conversations/${id}`, pageSchemas.Conversation)
}
