import { type ReactNode, useEffect, useState } from 'react'
import { later, NotLoaded, Nothing } from '../ui/later.tsx'
import { Announcer } from './announcer.tsx'
import type { MessageActions } from './message-actions.ts'
import { MessageView } from './message-view.tsx'
import type { ThreadRow } from './thread-row.ts'
import { useStickToBottom } from './use-stick-to-bottom.ts'

const JumpToLatest = later(() => import('./jump-to-latest.tsx'), 'JumpToLatest', {
  failed: Nothing,
})
const OlderMessages = later(() => import('./older-messages.tsx'), 'OlderMessages', {
  meanwhile: () => <div className="h-12 shrink-0" />,
  failed: NotLoaded,
})

/** These are always laid out, so that the height below the reader is real and the end can be reached. */
const LAID_OUT = 20

interface TranscriptProps {
  rows: ThreadRow[]
  actions: MessageActions
  /** Changes when the reader sends something: then the end is where they look. */
  sendingKey: string | null
  canRetry: boolean
  /** Null when the first message is here. */
  onOlder: (() => Promise<void>) | null
  /** The reader is at the end, so what is far above can go. */
  onSettledAtEnd: () => void
  empty?: ReactNode
}

export function Transcript({
  rows,
  actions,
  sendingKey,
  canRetry,
  onOlder,
  onSettledAtEnd,
  empty,
}: TranscriptProps) {
  const { scroller, content, pinned, toEnd } = useStickToBottom()
  const [hasOlder, setHasOlder] = useState(false)
  if (onOlder !== null && !hasOlder) setHasOlder(true)
  useEffect(() => {
    if (sendingKey !== null) toEnd()
  }, [sendingKey, toEnd])
  useEffect(() => {
    if (pinned) onSettledAtEnd()
  }, [pinned, onSettledAtEnd])

  return (
    <div className="relative min-h-0 flex-1">
      <div
        ref={scroller}
        role="log"
        aria-label="Conversation"
        aria-live="off"
        className="h-full overflow-x-hidden overflow-y-auto overscroll-contain outline-offset-[-2px]"
      >
        <div ref={content} className="mx-auto flex min-h-full max-w-3xl flex-col px-4 py-6 sm:px-6">
          {hasOlder && (
            <OlderMessages content={content} firstKey={rows[0]?.key} onReached={onOlder} />
          )}
          {rows.map((row, index) => (
            <MessageView
              key={row.key}
              row={row}
              actions={actions}
              far={index < rows.length - LAID_OUT}
              canRetry={canRetry && index === rows.length - 1}
            />
          ))}
          {rows.length === 0 && empty}
        </div>
      </div>
      {!pinned && <JumpToLatest onJump={toEnd} />}
      <Announcer row={rows.at(-1)} />
    </div>
  )
}
