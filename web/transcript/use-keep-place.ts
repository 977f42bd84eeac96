// Keeps what the reader looks at where it is when older messages come in above it. Browsers do
// this by themselves only away from the very top, and not all of them.
import { type RefObject, useEffect, useLayoutEffect, useRef } from 'react'

interface Place {
  firstKey: string | undefined
  element: Element
  top: number
}

export function useKeepPlace(
  content: RefObject<HTMLElement | null>,
  firstKey: string | undefined,
): void {
  const place = useRef<Place | null>(null)

  useLayoutEffect(() => {
    const before = place.current
    if (before === null || before.firstKey === firstKey) return
    const moved = before.element.getBoundingClientRect().top - before.top
    if (moved > 1) scrollerOf(before.element)?.scrollBy(0, moved)
  }, [firstKey])

  useEffect(() => {
    const element = content.current?.querySelector('article')
    if (!element) return
    const remember = () => {
      place.current = { firstKey, element, top: element.getBoundingClientRect().top }
    }
    const box = scrollerOf(element)
    remember()
    box?.addEventListener('scroll', remember, { passive: true })
    return () => box?.removeEventListener('scroll', remember)
  }, [firstKey, content])
}

function scrollerOf(element: Element): Element | null {
  return element.closest('[role=log]')
}
