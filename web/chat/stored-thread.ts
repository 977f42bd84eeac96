import type { Conversation } from '#shared/api.ts'
import type { ThreadRow } from '../transcript/thread-row.ts'
import type { Sending } from './sendings.ts'

/** The thread while nothing is known but what is stored. */
export function storedRows(conversation: Conversation | null): ThreadRow[] {
  const messages = conversation?.messages ?? []
  return messages.map((message) => {
    const { id, siblingIds, counting = false } = message
    return { key: id, message, live: null, siblingIds, counting }
  })
}

/** Whether the loaded conversation already holds what is being sent. */
export function isStored(conversation: Conversation | null, { runId }: Sending): boolean {
  if (conversation === null || runId === null) return false
  if (conversation.activeRunId === runId) return true
  return conversation.messages.some((message) => message.runId === runId)
}
