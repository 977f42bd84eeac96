import { useQuery } from '@tanstack/react-query'
import type { Conversation } from '#shared/conversation.ts'
import { modelsQuery } from '../api/queries.ts'
import type { AnsweredBy } from '../transcript/thread-row.ts'

/** Whether another model will answer next than the one that answered last. */
export function useModelChange(
  conversation: Conversation | null,
  chosen: AnsweredBy | null,
): boolean {
  const models = useQuery(modelsQuery())
  const next = chosen ?? models.data?.default
  const last = conversation?.messages.findLast(({ role }) => role === 'assistant')
  if (!next || !last?.provider) return false
  return last.provider !== next.provider || last.model !== next.model
}
