import { useCallback, useEffect, useId, useState } from 'react'
import type { Message, MessagePart, ToolCallPart } from '#shared/message.ts'
import { lazyPart, NotLoaded } from '../ui/lazy-part.tsx'
import { UntilFound } from '../ui/until-found.tsx'
import { ReasoningView } from './lazy-reasoning.tsx'
import { type LiveMessage, useLive } from './live-message.ts'
import { ToolCard } from './tool-card.tsx'
import { isFinished } from './tool-status.ts'
import { t } from '#shared/translate.ts'

const UsedTools = lazyPart(() => import('./used-tools.tsx'), 'UsedTools', {
  fallback: ({ calls }) => (
    <p className="min-h-8 px-2.5 py-1 pl-9 pointer-coarse:min-h-11">{t`Used ${calls.length} tools`}</p>
  ),
  failed: NotLoaded,
})

export interface ToolCallsProps {
  message: Message
  live: LiveMessage | null
  /** The parts from `start` to before `end` are tool calls, reasoning behind them, or blank texts. */
  start: number
  end: number
}

/** Adjacent tool calls of an answer. Several finished ones are one row that opens to theirs. */
export function ToolCalls({ message, live, start, end }: ToolCallsProps) {
  const headId = useId()
  const listId = useId()
  const [open, setOpen] = useState(false)
  const show = useCallback(() => setOpen(true), [])
  const finishedIn = ({ parts }: Message) => parts.slice(start, end).filter(isFinishedCall)
  const isSet = useLive(live, message, (now) => finishedIn(now).length) > 1
  // It takes over the focus of a card that closes, so it has to be here by then.
  useEffect(() => {
    if (live !== null) UsedTools.preload().catch(() => {})
  }, [live])
  return (
    <div className="relative -mx-2.5 text-sm">
      {isSet && (
        <UsedTools
          calls={finishedIn(live?.snapshot() ?? message)}
          id={headId}
          listId={listId}
          open={open}
          onToggle={() => setOpen(!open)}
        />
      )}
      <div id={listId} className={isSet && open ? 'ml-4.5 border-l border-line pl-2' : ''}>
        {Array.from({ length: end - start }, (_, offset) => (
          <CallAt
            key={offset}
            {...{ message, live, headId, end }}
            index={start + offset}
            folded={isSet && !open}
            onShow={show}
          />
        ))}
      </div>
    </div>
  )
}

interface CallAtProps {
  message: Message
  live: LiveMessage | null
  index: number
  end: number
  headId: string
  folded: boolean
  onShow: () => void
}

function CallAt({ message, live, index, end, folded, ...rest }: CallAtProps) {
  const part = useLive(live, message, ({ parts }) => parts[index])
  const isBeforeFinished = useLive(live, message, ({ parts }) =>
    parts.slice(index, end).some(isFinishedCall),
  )
  if (part?.type === 'reasoning') {
    return (
      <UntilFound
        className="px-2.5 py-2"
        shown={!(folded && isBeforeFinished)}
        onFound={rest.onShow}
      >
        <ReasoningView part={part} live={live} />
      </UntilFound>
    )
  }
  if (part?.type !== 'tool_call') return null
  return (
    <ToolCard {...rest} {...{ message, live, part }} folded={folded && isFinished(part.status)} />
  )
}

function isFinishedCall(part: MessagePart): part is ToolCallPart {
  return part.type === 'tool_call' && isFinished(part.status)
}
