import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { Conversation } from '#shared/conversation.ts'
import type { MessagePart } from '#shared/message.ts'
import { updateContext } from '../api/context.ts'
import { conversationQuery } from '../api/queries.ts'

/** Drops a result from the context or restores it, and shows that at once where it is on the screen. */
export function useDropping(conversationId: string, messageId: string, callId: string) {
  const client = useQueryClient()
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)

  const change = async (dropped: boolean) => {
    setBusy(true)
    setProblem(null)
    try {
      await updateContext(conversationId, { messageId, callId, dropped })
      client.setQueryData(
        conversationQuery(conversationId).queryKey,
        (loaded) => loaded && withDropped(loaded, messageId, callId, dropped),
      )
      void client.invalidateQueries({ queryKey: ['context', conversationId] })
      void client.invalidateQueries({ queryKey: ['tool-uses', messageId] })
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error))
    }
    setBusy(false)
  }
  return { change, busy, problem }
}

function withDropped(
  loaded: Conversation,
  messageId: string,
  callId: string,
  dropped: boolean,
): Conversation {
  const changed = (part: MessagePart): MessagePart => {
    if (part.type !== 'tool_call' || part.callId !== callId) return part
    const { dropped: _, ...rest } = part
    return dropped ? { ...rest, dropped } : rest
  }
  return {
    ...loaded,
    messages: loaded.messages.map((message) =>
      message.id === messageId ? { ...message, parts: message.parts.map(changed) } : message,
    ),
  }
}
