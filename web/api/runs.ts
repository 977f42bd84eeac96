// Requests that begin and change runs. The first page does without them.
import type { CreateConversation, Run, StartRun } from '#shared/api.ts'
import type { DecideRun } from '#shared/decide.ts'
import type { Conversation } from '#shared/conversation.ts'
import type { StopMode } from '#shared/stop-run.ts'
import { pageSchemas } from './page-schemas.ts'
import { pause } from './page-wake.ts'
import { ApiError, request, send } from './request.ts'

const FIRST_DELAY_MS = 500
const MAX_DELAY_MS = 15_000

/**
 * Sends a request again and again until the server answers it. All attempts carry one idempotency key.
 * Throws what the server refuses, and when `signal` aborts. `onUnanswered` is called before each pause.
 */
export async function untilAnswered<T>(
  attempt: () => Promise<T>,
  signal: AbortSignal,
  onUnanswered: () => void,
): Promise<T> {
  for (let delay = FIRST_DELAY_MS; ; delay = Math.min(2 * delay, MAX_DELAY_MS)) {
    try {
      return await attempt()
    } catch (error) {
      if (signal.aborted || !(error instanceof ApiError && error.unanswered)) throw error
    }
    onUnanswered()
    await pause(delay, signal)
    signal.throwIfAborted()
  }
}

export function createConversation(
  body: CreateConversation,
  idempotencyKey: string,
): Promise<Conversation> {
  const headers = { 'idempotency-key': idempotencyKey }
  return request('/api/conversations', pageSchemas.Conversation, {
    method: 'POST',
    body,
    headers,
  })
}

export async function deleteConversation(id: string): Promise<void> {
  await send(`/api/conversations/${id}`, { method: 'DELETE' })
}

/** Resolves with the run's id. Its events are followed like those of any other run. */
export async function startRun(
  conversationId: string,
  body: StartRun,
  idempotencyKey: string,
  signal: AbortSignal,
): Promise<string> {
  const headers = { 'idempotency-key': idempotencyKey }
  const options = { method: 'POST', body, headers, signal } as const
  return (await request(`/api/conversations/${conversationId}/runs`, pageSchemas.Run, options)).id
}

export async function runStatus(runId: string): Promise<Run['status']> {
  return (await request(`/api/runs/${runId}`, pageSchemas.Run)).status
}

/** Resolves with the id of the run that goes on with the message. */
export async function continueMessage(messageId: string, idempotencyKey: string): Promise<string> {
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions()
  const headers = { 'idempotency-key': idempotencyKey }
  const options = { method: 'POST', body: { timeZone }, headers } as const
  return (await request(`/api/messages/${messageId}/continue`, pageSchemas.Run, options)).id
}

export async function stopRun(runId: string, mode?: StopMode): Promise<void> {
  await send(`/api/runs/${runId}/stop`, { method: 'POST', body: { mode } })
}

export async function decideRun(runId: string, body: DecideRun): Promise<void> {
  await send(`/api/runs/${runId}/decisions`, { method: 'POST', body })
}

/**
 * The whole output of a tool call of which the message has the beginning. `parentCallId` is the call of the
 * nested run that it belongs to, if any.
 */
export async function readOutput(
  runId: string,
  callId: string,
  parentCallId: string | null,
): Promise<string> {
  const query = parentCallId === null ? '' : `?${new URLSearchParams({ parentCallId })}`
  const path = `/api/runs/${runId}/outputs/${encodeURIComponent(callId)}${query}`
  return (await send(path)).text()
}
