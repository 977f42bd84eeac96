import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { Conversation } from '#shared/api.ts'
import { conversationQuery, modelsQuery } from '../api/queries.ts'
import { updateConversation } from '../api/conversations.ts'
import type { AnsweredBy } from '../transcript/thread-row.ts'
import { useChat } from './chat-context.ts'
import type { NewChatSetup } from './run-sessions.ts'

interface ModelChoice {
  provider: string
  model: string
}

/** Model, agent and settings: of the conversation, or of the one that the first message will create. */
export function useSetup(conversation: Conversation | null) {
  const client = useQueryClient()
  const { drafts } = useChat()
  const [newChat, setNewChat] = useState<NewChatSetup>({})
  const change = (changes: ModelChoice | Pick<Conversation, 'settings'>) => {
    if (conversation === null) return setNewChat({ ...newChat, ...changes })
    const { id } = conversation
    const query = conversationQuery(id)
    client.setQueryData(query.queryKey, (loaded) => loaded && { ...loaded, ...changes })
    updateConversation(id, changes).catch((error: Error) => {
      drafts.fail(id, error.message)
      void client.invalidateQueries(query)
    })
  }
  const chooseModel = (choice: ModelChoice) => change(choice)

  // The next message takes the conversation to this agent; from then on the thread says who has it.
  const [sendTo, setSendTo] = useState<{ id: string; agent: string } | null>(null)
  const chooseAgent = (agent: string) => {
    if (conversation === null) setNewChat({ ...newChat, agent })
    else setSendTo({ id: conversation.id, agent })
  }
  const disableTools = (disabledTools: string[]) =>
    change({ settings: { ...(conversation ?? newChat).settings, disabledTools } })

  const { provider, model } = conversation ?? newChat
  const chosen = provider && model ? { provider, model } : null
  const agent =
    conversation === null ? newChat.agent : sendTo?.id === conversation.id && sendTo.agent
  return {
    newChat,
    setNewChat,
    chosen,
    chooseModel,
    /** Null: the active agent. */
    agent: agent || null,
    chooseAgent,
    /** Call when a message is sent. */
    agentTold: () => setSendTo(null),
    disableTools,
  }
}

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
