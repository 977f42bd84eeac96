// Requests that read, copy and delete messages.
import type { Conversation } from '#shared/conversation.ts'
import { type DeleteScope, MessageVersion } from '#shared/messages.ts'
import { queryOptions } from '@tanstack/react-query'
import { pageSchemas } from './page-schemas.ts'
import { request, send } from './request.ts'

/** One message of any branch. */
export const messageQuery = (id: string) =>
  queryOptions({
    queryKey: ['message', id],
    queryFn: ({ signal }) => request(`/api/messages/${id}`, MessageVersion, { signal }),
  })

/** Resolves with the new conversation. */
export function branchFrom(messageId: string, idempotencyKey: string): Promise<Conversation> {
  const headers = { 'idempotency-key': idempotencyKey }
  return request(`/api/messages/${messageId}/branch`, pageSchemas.Conversation, {
    method: 'POST',
    headers,
  })
}

export async function deleteMessage(id: string, scope: DeleteScope): Promise<void> {
  await send(`/api/messages/${id}?scope=${scope}`, { method: 'DELETE' })
}

export function restoreMessage(id: string): Promise<Conversation> {
  return request(`/api/messages/${id}/restore`, pageSchemas.Conversation, { method: 'POST' })
}
