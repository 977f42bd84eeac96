import { type RefObject, useEffect, useState } from 'react'

/** What a box that scrolls sideways has beyond its edges. */
interface Beyond {
  start: boolean
  end: boolean
}

/** Towards where there is more. */
const FADE = {
  start: '[mask-image:linear-gradient(to_right,transparent,#000_2rem)]',
  end: '[mask-image:linear-gradient(to_left,transparent,#000_2rem)]',
  both: '[mask-image:linear-gradient(to_right,transparent,#000_2rem,#000_calc(100%-2rem),transparent)]',
}

/** Whether a box scrolls sideways, and the class that lets it fade out where it goes on. */
export function useFade(box: RefObject<HTMLElement | null>): { scrolls: boolean; fade: string } {
  const [beyond, setBeyond] = useState<Beyond>({ start: false, end: false })

  useEffect(() => {
    const { current } = box
    if (current === null) return undefined
    const measure = () => {
      const now = beyondEdges(current)
      setBeyond((before) => (before.start === now.start && before.end === now.end ? before : now))
    }
    const sizes = new ResizeObserver(measure)
    for (const one of [current, ...current.children]) sizes.observe(one)
    current.addEventListener('scroll', measure, { passive: true })
    return () => {
      sizes.disconnect()
      current.removeEventListener('scroll', measure)
    }
  }, [box])

  return { scrolls: beyond.start || beyond.end, fade: fadeOf(beyond) }
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
