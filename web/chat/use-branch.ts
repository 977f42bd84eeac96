import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useCallback } from 'react'
import { joinPages } from '../api/conversation-pages.ts'
import { conversationQuery } from '../api/queries.ts'
import { updateConversation } from '../api/runs.ts'
import { useChat } from './chat-context.tsx'

/** Shows the branch that goes through a message. */
export function useSelectBranch(conversationId: string | null) {
  const client = useQueryClient()
  const { drafts } = useChat()
  const { mutate } = useMutation({
    mutationFn: (branch: { id: string; selectedMessageId: string }) => {
      const { id, selectedMessageId } = branch
      return updateConversation(id, { selectedMessageId })
    },
    onSuccess: (branch, { id }) => {
      client.setQueryData(conversationQuery(id).queryKey, (loaded) => joinPages(loaded, branch))
    },
    onError: (error, { id }) => drafts.fail(id, error.message),
  })
  return useCallback(
    (selectedMessageId: string) => {
      if (conversationId !== null) mutate({ id: conversationId, selectedMessageId })
    },
    [mutate, conversationId],
  )
}
