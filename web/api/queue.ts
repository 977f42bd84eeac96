// Requests about the messages that wait for the end of an answer.
import { queryOptions } from '@tanstack/react-query'
import { MessageQueue, QueuedMessage, type QueueMessage } from '#shared/queue.ts'
import { request, send } from './request.ts'

export const queueQuery = (conversationId: string) =>
  queryOptions({
    queryKey: ['queue', conversationId],
    queryFn: ({ signal }) => request(pathOf(conversationId), MessageQueue, { signal }),
  })

export function queueMessage(
  conversationId: string,
  body: QueueMessage,
  idempotencyKey: string,
): Promise<QueuedMessage> {
  const headers = { 'idempotency-key': idempotencyKey }
  return request(pathOf(conversationId), QueuedMessage, { method: 'POST', body, headers })
}

/** The running agent is told it before its next request. */
export async function steerRun(runId: string, text: string, idempotencyKey: string): Promise<void> {
  const headers = { 'idempotency-key': idempotencyKey }
  await send(`/api/runs/${runId}/steer`, { method: 'POST', body: { text }, headers })
}

export async function changeQueued(
  conversationId: string,
  id: string,
  text: string,
): Promise<void> {
  await send(pathOf(conversationId, id), { method: 'PATCH', body: { text } })
}

export async function removeQueued(conversationId: string, id: string): Promise<void> {
  await send(pathOf(conversationId, id), { method: 'DELETE' })
}

export async function sendQueued(conversationId: string, id: string): Promise<void> {
  await send(`${pathOf(conversationId, id)}/send`, { method: 'POST' })
}

function pathOf(conversationId: string, id?: string): string {
  const queue = `/api/conversations/${conversationId}/queue`
  return id === undefined ? queue : `${queue}/${id}`
}
