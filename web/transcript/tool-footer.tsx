import { useState } from 'react'
import type { Message, ToolCallPart } from '#shared/message.ts'
import { Button } from '../ui/button.tsx'
import { ToolCost } from './tool-cost.tsx'
import { useDropping } from './use-dropping.ts'
import { t } from '#shared/translate.ts'

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
