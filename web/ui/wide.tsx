import '../pages.css'
import { type ReactNode, useEffect, useRef, useState } from 'react'

interface Beyond {
  start: boolean
  end: boolean
}

/** Fades out towards where there is more. */
const FADE = {
  start: '[mask-image:linear-gradient(to_right,transparent,#000_2rem)]',
  end: '[mask-image:linear-gradient(to_left,transparent,#000_2rem)]',
  both: '[mask-image:linear-gradient(to_right,transparent,#000_2rem,#000_calc(100%-2rem),transparent)]',
}

/**
 * Scrolls sideways what is wider than the screen; then it is a stop for the keyboard too. What is hidden
 * from sight inside is placed by it: by the page, it would widen that.
 */
export function Wide({ className = '', children }: { className?: string; children: ReactNode }) {
  const ref = useRef<HTMLDivElement>(null)
  const [beyond, setBeyond] = useState<Beyond>({ start: false, end: false })

  useEffect(() => {
    const box = ref.current
    if (box === null) return undefined
    const measure = () => {
      const now = beyondEdges(box)
      setBeyond((before) => (before.start === now.start && before.end === now.end ? before : now))
    }
    const sizes = new ResizeObserver(measure)
    for (const one of [box, ...box.children]) sizes.observe(one)
    box.addEventListener('scroll', measure, { passive: true })
    return () => {
      sizes.disconnect()
      box.removeEventListener('scroll', measure)
    }
  }, [])

  return (
    <div
      className={`has-[>:focus-visible]:outline-2 has-[>:focus-visible]:outline-accent ${className}`}
    >
      <div
        ref={ref}
        {...((beyond.start || beyond.end) && { tabIndex: 0 })}
        className={`relative overflow-x-auto outline-none ${fadeOf(beyond)}`}
      >
        {children}
      </div>
    </div>
  )
}

/** Less than a pixel is no more: widths are rounded. */
function beyondEdges({ scrollLeft, scrollWidth, clientWidth }: HTMLElement): Beyond {
  return { start: scrollLeft > 1, end: scrollWidth - clientWidth - scrollLeft > 1 }
}

function fadeOf({ start, end }: Beyond): string {
  if (start && end) return FADE.both
  if (start) return FADE.start
  return end ? FADE.end : ''
}
