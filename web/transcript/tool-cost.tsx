import { useQuery } from '@tanstack/react-query'
import type { Message, ToolCallPart } from '#shared/message.ts'
import { formatAmount } from '#shared/money.ts'
import type { ToolUse } from '#shared/tool-uses.ts'
import { toolUsesQuery } from '../api/context.ts'
import { formatTokens } from '../ui/tokens.tsx'
import { plural, t } from '#shared/translate.ts'

interface ToolCostProps {
  message: Message
  part: ToolCallPart
}

/** The size of a result, and what carrying it has cost. */
export function ToolCost({ message, part }: ToolCostProps) {
  const uses = useQuery({ ...toolUsesQuery(message.conversationId, message.id), staleTime: 0 })
  const use = uses.data?.items.find((one) => one.callId === part.callId)
  if (uses.isPending) return <output>{t`Counting`}</output>
  if (use === undefined) return <span role="alert">{t`What it costs could not be read.`}</span>
  return (
    <output className="tabular-nums">
      {part.dropped === true ? afterDrop(use) : sinceThen(use)}
    </output>
  )
}

function sinceThen({ resultTokens, reads, unpricedReads, costNanoUsd, demo }: ToolUse): string {
  const result = t`Result ≈${formatTokens(resultTokens)} tokens`
  if (reads === 0) return `${result} · ${t`not carried by a request yet`}`
  const unpricedCalls = unpricedReads
  const amount = formatAmount({ costNanoUsd, certainty: 'estimated', unpricedCalls, demo })
  const carried = plural(reads, {
    one: t`carried by 1 request since: ${amount}`,
    other: t`carried by ${formatTokens(reads)} requests since: ${amount}`,
  })
  return `${result} · ${carried}`
}

function afterDrop({ resultTokens }: ToolUse): string {
  return t`The model gets a short note in place of ≈${formatTokens(resultTokens)} tokens.`
}
