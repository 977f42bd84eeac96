import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { Conversation } from '#shared/conversation.ts'
import type { MessagePart } from '#shared/message.ts'
import { formatAmount } from '#shared/money.ts'
import type { ToolUse } from '#shared/tool-uses.ts'
import { toolUsesQuery, updateContext } from '../api/context.ts'
import { conversationQuery } from '../api/queries.ts'
import { Button } from '../ui/button.tsx'
import { formatTokens } from '../ui/tokens.tsx'
import type { ToolFooterProps } from './tool-footer.tsx'

interface ToolCostProps extends ToolFooterProps {
  onChanged: () => void
}

export function ToolCost({ message, part, onChanged }: ToolCostProps) {
  const { id: messageId, conversationId } = message
  const { callId, dropped = false } = part
  const uses = useQuery({ ...toolUsesQuery(conversationId, messageId), staleTime: 0 })
  const { change, busy, problem } = useDropping(conversationId, messageId, callId)
  const use = uses.data?.items.find((one) => one.callId === callId)
  if (uses.isPending) return <output>Counting</output>
  if (use === undefined) return <span role="alert">What it costs could not be read.</span>
  return (
    <>
      <output className="tabular-nums">{dropped ? afterDrop(use) : sinceThen(use)}</output>
      <Button
        aria-busy={busy}
        className="my-1 ml-auto !h-7 !px-2.5 !text-xs pointer-coarse:!h-11"
        onClick={() => {
          // Not disabled meanwhile: the focus stays for undoing it.
          if (busy) return
          void change(!dropped)
          onChanged()
        }}
      >
        {dropped ? 'Restore' : 'Drop from context'}
      </Button>
      {problem !== null && (
        <p role="alert" className="w-full pb-1 text-danger">
          {problem}
        </p>
      )}
    </>
  )
}

function sinceThen({ resultTokens, reads, unpricedReads, costNanoUsd, demo }: ToolUse): string {
  const result = `Result ≈${formatTokens(resultTokens)} tokens`
  if (reads === 0) return `${result} · not carried by a request yet`
  const requests = reads === 1 ? '1 request' : `${formatTokens(reads)} requests`
  const unpricedCalls = unpricedReads
  const amount = formatAmount({ costNanoUsd, certainty: 'estimated', unpricedCalls, demo })
  return `${result} · carried by ${requests} since: ${amount}`
}

function afterDrop({ resultTokens }: ToolUse): string {
  return `The model gets a short note in place of ≈${formatTokens(resultTokens)} tokens.`
}

/** Shows the change at once where the conversation is on the screen. */
function useDropping(conversationId: string, messageId: string, callId: string) {
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
