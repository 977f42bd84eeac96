import { useState } from 'react'
import type { Message, ToolCallPart } from '#shared/message.ts'
import { Button } from '../ui/button.tsx'
import { useDropping } from './use-dropping.ts'
import { t, plural } from '#shared/translate.ts'
import { useQuery } from '@tanstack/react-query'
import { formatAmount } from '#shared/money.ts'
import type { ToolUse } from '#shared/tool-uses.ts'
import { toolUsesQuery } from '../api/context.ts'
import { formatTokens } from '../ui/tokens.tsx'

interface ToolFooterProps {
  message: Message
  part: ToolCallPart
}

/** What a result costs in the context, and a button that takes it out. */
export function ToolFooter({ message, part }: ToolFooterProps) {
  const [asked, setAsked] = useState(false)
  const { callId, dropped = false } = part
  const { change, busy, problem } = useDropping(message.conversationId, message.id, callId)
  return (
    <div className="flex min-h-10 flex-wrap items-center gap-x-3 gap-y-1 px-3.5 py-1 text-xs text-muted pointer-coarse:min-h-11">
      {dropped ? (
        <span className="font-medium text-warn">{t`Dropped from context`}</span>
      ) : (
        <button
          type="button"
          aria-expanded={asked}
          className="rounded font-medium underline decoration-line-strong underline-offset-4 hover:text-ink pointer-coarse:min-h-11"
          onClick={() => setAsked(!asked)}
        >
          {t`Tokens and cost`}
        </button>
      )}
      {(asked || dropped) && <ToolCost message={message} part={part} />}
      <Button
        aria-busy={busy}
        className="my-1 ml-auto !h-7 !px-2.5 !text-xs pointer-coarse:!h-11"
        onClick={() => {
          // Not disabled meanwhile: the focus stays for undoing it.
          if (busy) return
          void change(!dropped)
          setAsked(true)
        }}
      >
        {dropped ? t`Restore` : t`Drop from context`}
      </Button>
      {problem !== null && (
        <p role="alert" className="w-full pb-1 text-danger">
          {problem}
        </p>
      )}
    </div>
  )
}

interface ToolCostProps {
  message: Message
  part: ToolCallPart
}

/** The size of a result, and what carrying it has cost. */
function ToolCost({ message, part }: ToolCostProps) {
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
