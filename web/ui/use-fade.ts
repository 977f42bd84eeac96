import { type RefObject, useEffect, useState } from 'react'

/** Whether a horizontally scrolling box has more content at its edges. */
interface Beyond {
  start: boolean
  end: boolean
}

/** The mask for each edge that has more content. */
const FADE = {
  start: '[mask-image:linear-gradient(to_right,transparent,#000_2rem)]',
  end: '[mask-image:linear-gradient(to_left,transparent,#000_2rem)]',
  both: '[mask-image:linear-gradient(to_right,transparent,#000_2rem,#000_calc(100%-2rem),transparent)]',
}

/** Returns whether a box scrolls sideways, and a class that fades out edges with more content. */
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

/** Ignores differences below a pixel, because widths are rounded. */
function beyondEdges({ scrollLeft, scrollWidth, clientWidth }: HTMLElement): Beyond {
  return { start: scrollLeft > 1, end: scrollWidth - clientWidth - scrollLeft > 1 }
}

function fadeOf({ start, end }: Beyond): string {
  if (start && end) return FADE.both
  if (start) return FADE.start
  return end ? FADE.end : ''
}
