import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react'
import { messageText } from '#shared/message-text.ts'
import { whenIdle } from '../markdown/idle.ts'
import { loadedExtras, loadExtras, needsExtras } from '../markdown/lazy-extras.ts'
import { lazyPart, NotLoaded, Nothing } from '../ui/lazy-part.tsx'
import type { MessageActions } from './message-actions.ts'
import { MessageView } from './message-view.tsx'
import { sectioned } from './sections.ts'
import type { ThreadRow } from './thread-row.ts'
import { ThreadSection } from './thread-section.tsx'
import { useStickToBottom } from './use-stick-to-bottom.ts'
import { t } from '#shared/translate.ts'

const JumpToLatest = lazyPart(() => import('./jump-to-latest.tsx'), 'JumpToLatest', {
  failed: Nothing,
})
const SelectionTools = lazyPart(() => import('./selection-tools.tsx'), 'SelectionTools', {
  failed: Nothing,
})
const OlderMessages = lazyPart(() => import('./older-messages.tsx'), 'OlderMessages', {
  fallback: () => <div className="h-12 shrink-0" />,
  failed: NotLoaded,
})

/** The last ones are always laid out, so that the height below the reader is real and the end can be reached. */
const LAID_OUT = 20

interface TranscriptProps {
  rows: ThreadRow[]
  actions: MessageActions
  /** Changes when the reader sends something: then the end is where they look. */
  sendingKey: string | null
  canRetry: boolean
  /** Null if the first message is loaded. */
  onOlder: (() => Promise<void>) | null
  /** The reader is at the end, so what is far above can go. */
  onSettledAtEnd: () => void
}

/** Stored messages appear as they will stay, with their code and tables. */
export function Transcript(props: TranscriptProps) {
  const [ready, setReady] = useState(
    () => loadedExtras() !== null || !props.rows.some(mayNeedExtras),
  )
  useEffect(() => {
    const load = () => {
      void loadExtras()
        .catch(() => {})
        .then(() => setReady(true))
    }
    if (ready) return whenIdle(load)
    load()
  }, [ready])
  return ready ? <Thread {...props} /> : <div className="min-h-0 flex-1" />
}

/** An answer that comes to need them while it is written loads them then. */
function mayNeedExtras({ message, live }: ThreadRow): boolean {
  return message.role === 'assistant' && needsExtras(messageText(live?.snapshot() ?? message))
}

function Thread({ rows, actions, sendingKey, canRetry, onOlder, onSettledAtEnd }: TranscriptProps) {
  const { scroller, content, pinned, toEnd, holdPosition } = useStickToBottom()
  const switching = useSwitching(actions, rows, holdPosition)
  const [thread, setThread] = useState(() => sectioned(rows))
  if (thread.rows !== rows) setThread(sectioned(rows, thread))
  const last = rows.at(-1)
  const laidOut = new Set(rows.slice(-LAID_OUT))
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
        aria-label={t`Conversation`}
        aria-live="off"
        className="h-full overflow-x-hidden overflow-y-auto overscroll-contain outline-offset-[-2px]"
      >
        <div ref={content} className="mx-auto max-w-3xl px-4 py-6 sm:px-6">
          {hasOlder && (
            <OlderMessages content={content} firstKey={rows[0]?.key} onReached={onOlder} />
          )}
          {thread.sections.map(({ number, rows: held }) => (
            <ThreadSection
              // A section that lost messages at its top and gets them back is laid out anew.
              key={held[0]?.key}
              opened={number >= 0}
              offscreen={!held.some((row) => laidOut.has(row))}
            >
              {held.map((row) => (
                <MessageView
                  key={row.key}
                  row={row}
                  actions={switching}
                  canRetry={canRetry}
                  isLast={row === last}
                />
              ))}
            </ThreadSection>
          ))}
        </div>
      </div>
      <SelectionTools log={scroller} onQuote={actions.quote} />
      {!pinned && <JumpToLatest onJump={toEnd} />}
    </div>
  )
}

/** The same actions; selecting a branch keeps the reader where they are. */
function useSwitching(actions: MessageActions, rows: ThreadRow[], holdPosition: () => void) {
  const selecting = useRef(false)
  const shown = useRef(rows)
  useLayoutEffect(() => {
    const isOther = shown.current !== rows
    shown.current = rows
    if (!isOther || !selecting.current) return
    selecting.current = false
    holdPosition()
  }, [rows, holdPosition])
  return useMemo(
    () => ({
      ...actions,
      selectBranch: (messageId: string) => {
        selecting.current = true
        return actions.selectBranch(messageId)
      },
    }),
    [actions],
  )
}
