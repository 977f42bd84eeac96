import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { Conversation } from '#shared/api.ts'
import { conversationQuery } from '../api/queries.ts'
import { updateConversation } from '../api/runs.ts'
import { useChat } from './chat-context.tsx'
import type { NewChatSetup } from './use-submit.ts'

/** Model, agent and settings: of the conversation, or of the one that the first message will create. */
export function useSetup(conversation: Conversation | null) {
  const client = useQueryClient()
  const { failures } = useChat()
  const [newChat, setNewChat] = useState<NewChatSetup>({})

  const chooseModel = (choice: { provider: string; model: string }) => {
    if (conversation === null) return setNewChat({ ...newChat, ...choice })
    const { queryKey } = conversationQuery(conversation.id)
    client.setQueryData<Conversation>(queryKey, (loaded) => loaded && { ...loaded, ...choice })
    updateConversation(conversation.id, choice).catch((error: Error) => {
      failures.set(conversation.id, error.message)
      void client.invalidateQueries({ queryKey })
    })
  }

  const { provider, model } = conversation ?? newChat
  const chosen = provider && model ? { provider, model } : null
  return { newChat, setNewChat, chosen, chooseModel }
}
