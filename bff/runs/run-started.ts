// The first event of every run.
import type { Run } from '#shared/api.ts'
import type { RunEvent } from '#shared/run-event.ts'

export function runStarted(run: Run): RunEvent {
  return {
    type: 'run',
    at: run.createdAt,
    runId: run.id,
    conversationId: run.conversationId,
    messageId: run.messageId,
    agent: run.agent,
    provider: run.provider,
    model: run.model,
  }
}
