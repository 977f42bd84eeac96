import * as z from 'zod/mini'
import type { StartRun } from '#shared/api.ts'
import { chatPaths } from '#shared/chat-paths.ts'
import { request } from './request.ts'

const StartedRun = z.object({ id: z.string() })

/** Its events are followed like those of any other run: a stream of its own would be one more. */
export async function startRun(
  conversationId: string,
  body: StartRun,
  idempotencyKey: string,
  signal: AbortSignal,
): Promise<string> {
  const headers = { 'idempotency-key': idempotencyKey }
  const path = chatPaths.runs(conversationId)
  return (await request(path, StartedRun, { method: 'POST', body, headers, signal })).id
}
