import { useQueryClient } from '@tanstack/react-query'
import { useCallback } from 'react'
import { joinPages } from '../api/conversation-pages.ts'
import { conversationQuery } from '../api/queries.ts'
import { updateConversation } from '../api/runs.ts'
import { useChat } from './chat-context.tsx'

/** Shows the branch that goes through a message. */
export function useSelectBranch(conversationId: string | null) {
  const client = useQueryClient()
  const { failures } = useChat()
  return useCallback(
    (selectedMessageId: string) => {
      if (conversationId === null) return
      updateConversation(conversationId, { selectedMessageId })
        .then((branch) =>
          client.setQueryData(conversationQuery(conversationId).queryKey, (loaded) =>
            joinPages(loaded, branch),
          ),
        )
        .catch((error: Error) => failures.set(conversationId, error.message))
    },
    [client, failures, conversationId],
  )
}
