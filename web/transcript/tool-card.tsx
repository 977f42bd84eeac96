import { ChevronRight } from 'lucide'
import { useId, useLayoutEffect, useRef, useState } from 'react'
import type { Message, ToolCallPart } from '#shared/message.ts'
import { visibleText } from '#shared/visible-text.ts'
import { Icon } from '../ui/icon.tsx'
import { lazyPart, NotLoaded } from '../ui/lazy-part.tsx'
import { UntilFound } from '../ui/until-found.tsx'
import type { LiveMessage } from './live-message.ts'
import { ToolFiles } from './lazy-tool-files.tsx'
import { ToolIcon } from './tool-icon.tsx'
import { ToolState } from './tool-state.tsx'
import { toolSentence } from './tool-sentence.ts'
import { isFinished } from './tool-status.ts'
import { t } from '#shared/translate.ts'

// Behind a closed row in an answer that has ended, so it can come after the first paint.
const ToolDetails = lazyPart(() => import('./tool-details.tsx'), 'ToolDetails', {
  fallback: () => <div className="h-10" />,
  failed: NotLoaded,
})

interface ToolCardProps {
  message: Message
  part: ToolCallPart
  live: LiveMessage | null
  /** It is in a closed row of several calls, so only its status is announced. */
  folded: boolean
  /** The id of that row's button. */
  headId: string
  /** Called when the card is opened, so that the row stays open. */
  onShow: () => void
}

/** Open while the call is under way, then one row, unless the reader decides otherwise. */
export function ToolCard({ message, part, live, folded, headId, onShow }: ToolCardProps) {
  const id = useId()
  const rowId = useId()
  const card = useRef<HTMLFieldSetElement>(null)
  const [chosen, setChosen] = useState<boolean | null>(null)
  const open = chosen ?? !isFinished(part.status)
  // What waits for the user is the one thing on the page with a coloured border.
  const asks = part.status === 'waiting' && open && !folded
  const { files = [] } = part
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
      aria-label={t`Tool: ${visibleText(part.name)}`}
      className={folded && files.length === 0 ? 'sr-only' : asks ? ASKING : 'min-w-0'}
    >
      {folded && (
        <span className="sr-only">
          <ToolState part={part} live={live} />
        </span>
      )}
      <UntilFound shown={!folded} onFound={onShow}>
        <button
          id={rowId}
          type="button"
          aria-expanded={open}
          aria-controls={id}
          className={`flex w-full items-center gap-2.5 px-2.5 text-left text-muted pointer-coarse:min-h-11 ${asks ? 'min-h-11 bg-warn-soft py-2 outline-offset-[-2px]' : 'min-h-8 rounded-lg hover:bg-sunken'}`}
          onClick={() => (open ? setChosen(false) : show())}
        >
          <ToolIcon status={part.status} />
          <Sentence part={part} asks={asks} />{' '}
          {part.dropped === true && !open && (
            <span className="shrink-0 text-[13px] text-warn">{t`Dropped from context`}</span>
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
            className={
              asks
                ? ''
                : 'mx-2.5 mt-1 mb-2 overflow-hidden rounded-xl border border-line bg-surface'
            }
          >
            <ToolDetails {...{ message, part, live, open, rowId }} />
          </div>
        </UntilFound>
      </UntilFound>
      {/* They are what the tool was called for, so they show while its card is closed. */}
      {files.length > 0 && <ToolFiles files={files} />}
    </fieldset>
  )
}

const ASKING =
  'my-2 min-w-0 overflow-hidden rounded-xl border border-warn bg-surface shadow-float sm:mx-2.5'

/** The tool's own sentence, or its name. A question to the user is never cut. */
function Sentence({ part, asks }: { part: ToolCallPart; asks: boolean }) {
  const sentence = toolSentence(part)
  const fit = asks ? 'font-semibold wrap-anywhere' : 'truncate'
  if (sentence === null) {
    return (
      <code className={`min-w-0 font-mono text-[13px] text-ink ${fit}`}>
        {visibleText(part.name)}
      </code>
    )
  }
  const { text, detail } = sentence
  if (asks)
    return (
      <span className={`min-w-0 text-ink ${fit}`}>
        {[text, detail].filter((each) => each !== undefined).join(' · ')}
      </span>
    )
  return (
    <>
      <span className="min-w-0 truncate text-ink">{text}</span>
      {detail !== undefined && <span className="min-w-0 shrink-[4] truncate">{detail}</span>}
    </>
  )
}
