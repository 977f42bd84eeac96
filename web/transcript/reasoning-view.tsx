import { ChevronRight } from 'lucide'
import { useId, useState, useLayoutEffect, useRef } from 'react'
import type { ReasoningPart } from '#shared/message.ts'
import { Icon } from '../ui/icon.tsx'
import { roundDuration } from './duration.ts'
import type { LiveMessage } from './live-message.ts'
import { TextView } from './text-view.tsx'
import { useQuiet } from './use-quiet.ts'
import { t } from '#shared/translate.ts'

/** Open while it streams, folded once it has ended, unless the reader decided otherwise. */
export function ReasoningView({ part, live }: { part: ReasoningPart; live: LiveMessage | null }) {
  const id = useId()
  const streaming = live !== null && part.endedAt === null
  const [chosen, setChosen] = useState<boolean | null>(null)
  const open = chosen ?? streaming
  const quiet = useQuiet(streaming ? live : null)
  const { box, inside, cut } = useTail(streaming)
  return (
    <div className="text-sm">
      <div className="relative inline-flex items-center gap-1.5 text-muted hover:text-ink">
        <Icon
          of={ChevronRight}
          className={`-ml-0.5 size-4 transition-transform duration-200 ${open ? 'rotate-90' : ''}`}
        />
        <button
          type="button"
          aria-expanded={open}
          aria-controls={id}
          className={`rounded font-medium after:absolute after:-inset-x-1 after:-inset-y-2 pointer-coarse:-my-3 pointer-coarse:py-3 ${streaming && quiet ? 'animate-pulse' : ''}`}
          onClick={() => setChosen(!open)}
        >
          {t`Reasoning`}
        </button>{' '}
        {part.endedAt !== null && <span>· {roundDuration(lasted(part, part.endedAt))}</span>}
      </div>
      <div
        id={id}
        className={`grid transition-[grid-template-rows,visibility] duration-200 ${open ? 'grid-rows-[1fr]' : 'invisible grid-rows-[0fr]'}`}
      >
        <div
          ref={box}
          className={`min-h-0 overflow-hidden ${streaming ? 'max-h-48' : ''} ${cut ? '[mask-image:linear-gradient(transparent,black_3rem)]' : ''}`}
        >
          <div ref={inside} className="pt-2">
            <div className="ml-1.5 border-l-2 border-line pl-4 text-muted">
              <TextView text={part.text} streaming={streaming} quiet />
            </div>
          </div>
        </div>
      </div>
    </div>
  )
}

function lasted({ startedAt }: ReasoningPart, endedAt: string): number {
  return Date.parse(endedAt) - Date.parse(startedAt)
}

/** Shows the newest lines of a box that is lower than what streams into it. */
function useTail(streaming: boolean) {
  const box = useRef<HTMLDivElement>(null)
  const inside = useRef<HTMLDivElement>(null)
  const [cut, setCut] = useState(false)

  useLayoutEffect(() => {
    const outer = box.current
    const inner = inside.current
    if (!streaming || outer === null || inner === null) return
    const sizes = new ResizeObserver(() => {
      outer.scrollTop = outer.scrollHeight
      setCut(outer.scrollHeight > outer.clientHeight)
    })
    sizes.observe(inner)
    return () => {
      sizes.disconnect()
      outer.scrollTop = 0
      setCut(false)
    }
  }, [streaming])

  return { box, inside, cut }
}
