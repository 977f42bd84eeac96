import { useState } from 'react'
import type { Message, ToolCallPart } from '#shared/message.ts'
import { lazyPart, NotLoaded } from '../ui/lazy-part.tsx'

const ToolCost = lazyPart(() => import('./tool-cost.tsx'), 'ToolCost', {
  failed: NotLoaded,
})

export interface ToolFooterProps {
  message: Message
  part: ToolCallPart
}

/** The cost of a result in the context. A dropped result is marked without a click. */
export function ToolFooter(props: ToolFooterProps) {
  const [asked, setAsked] = useState(false)
  const { dropped = false } = props.part
  return (
    <div className="flex min-h-10 flex-wrap items-center gap-x-3 gap-y-1 border-t border-line px-3.5 py-1 text-xs text-muted pointer-coarse:min-h-11">
      {dropped ? (
        <span className="font-medium text-warn">Dropped from context</span>
      ) : (
        <button
          type="button"
          aria-expanded={asked}
          className="rounded font-medium underline decoration-line-strong underline-offset-4 hover:text-ink pointer-coarse:min-h-11"
          onClick={() => setAsked(!asked)}
        >
          Tokens and cost
        </button>
      )}
      {(asked || dropped) && <ToolCost {...props} onChanged={() => setAsked(true)} />}
    </div>
  )
}
