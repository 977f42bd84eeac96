import { ChevronRight } from 'lucide'
import { useId, useLayoutEffect, useRef, useState } from 'react'
import type { Message, ToolCallPart } from '#shared/message.ts'
import { visibleText } from '#shared/visible-text.ts'
import { Icon } from '../ui/icon.tsx'
import { lazyPart, NotLoaded } from '../ui/lazy-part.tsx'
import { UntilFound } from '../ui/until-found.tsx'
import type { LiveMessage } from './live-message.ts'
import { ToolIcon } from './tool-icon.tsx'
import { ToolState } from './tool-state.tsx'
import { toolSentence } from './tool-sentence.ts'
import { isFinished } from './tool-status.ts'

// Behind a closed row in an answer that has ended, so it can come after the first paint.
const ToolDetails = lazyPart(() => import('./tool-details.tsx'), 'ToolDetails', {
  fallback: () => <div className="h-10" />,
  failed: NotLoaded,
})

interface ToolCardProps {
  message: Message
  part: ToolCallPart
  live: LiveMessage | null
  /** It is one of several in a row that is closed: only its status is said. */
  folded: boolean
  /** The id of that row's button. */
  headId: string
  /** It is opened, so that row must not close over it. */
  onShow: () => void
}

/** Open while the call is under way, then one row, unless the reader decides otherwise. */
export function ToolCard({ message, part, live, folded, headId, onShow }: ToolCardProps) {
  const id = useId()
  const rowId = useId()
  const card = useRef<HTMLFieldSetElement>(null)
  const [chosen, setChosen] = useState<boolean | null>(null)
  const open = chosen ?? !isFinished(part.status)
  const show = () => {
    setChosen(true)
    onShow()
  }
  useLayoutEffect(() => {
    if (!folded || card.current?.contains(document.activeElement) !== true) return
    document.getElementById(headId)?.focus()
  }, [folded, headId])
  return (
    <fieldset
      ref={card}
      aria-label={`Tool: ${visibleText(part.name)}`}
      className={folded ? 'sr-only' : 'min-w-0'}
    >
      {folded && <ToolState part={part} live={live} />}
      <UntilFound shown={!folded} onFound={onShow}>
        <button
          id={rowId}
          type="button"
          aria-expanded={open}
          aria-controls={id}
          className="flex min-h-8 w-full items-center gap-2.5 rounded-lg px-2.5 text-left text-muted hover:bg-sunken pointer-coarse:min-h-11"
          onClick={() => (open ? setChosen(false) : show())}
        >
          <ToolIcon status={part.status} />
          <Sentence part={part} />{' '}
          {part.dropped === true && !open && (
            <span className="shrink-0 text-[13px] text-warn">Dropped from context</span>
          )}
          <span className="ml-auto flex shrink-0 items-center gap-2 text-[13px] tabular-nums">
            <ToolState part={part} live={live} />
            <Icon
              of={ChevronRight}
              className={`size-4 transition-transform duration-200 ${open ? 'rotate-90' : ''}`}
            />
          </span>
        </button>
        <UntilFound id={id} shown={open} onFound={show}>
          <div
            className={`mx-2.5 mt-1 mb-2 overflow-hidden rounded-xl border bg-surface ${part.status === 'waiting' ? 'border-warn/50' : 'border-line'}`}
          >
            <ToolDetails {...{ message, part, live, open, rowId }} />
          </div>
        </UntilFound>
      </UntilFound>
    </fieldset>
  )
}

/** In the tool's own words, else its name. */
function Sentence({ part }: { part: ToolCallPart }) {
  const sentence = toolSentence(part)
  if (sentence === null) {
    return (
      <code className="min-w-0 truncate font-mono text-[13px] text-ink">
        {visibleText(part.name)}
      </code>
    )
  }
  const { text, detail } = sentence
  return (
    <>
      <span className="min-w-0 truncate text-ink">{text}</span>
      {detail !== undefined && <span className="min-w-0 shrink-[4] truncate">{detail}</span>}
    </>
  )
}
