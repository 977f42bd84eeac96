// Follows the end of the thread while the reader is at it. Growth is noticed by a
// ResizeObserver, which speaks once per frame after layout, so there is one write per frame and
// the end is never a frame behind. Only the reader's own scrolling up lets go.
import { useCallback, useLayoutEffect, useRef, useState } from 'react'

const NEAR_PX = 40

/**
 * At the end it is the end that stays in place: the browser need not look for another anchor. Away from
 * it the browser must, in the very frame in which the reader scrolls.
 */
function anchorAt(box: HTMLElement | null, end: boolean): void {
  if (box !== null) box.style.overflowAnchor = end ? 'none' : 'auto'
}

export function useStickToBottom() {
  const scroller = useRef<HTMLDivElement>(null)
  const content = useRef<HTMLDivElement>(null)
  const following = useRef(true)
  const [pinned, setPinned] = useState(true)

  const follow = useCallback((on: boolean) => {
    following.current = on
    setPinned(on)
    anchorAt(scroller.current, on)
  }, [])

  const toEnd = useCallback(() => {
    follow(true)
    if (scroller.current !== null) scroller.current.scrollTop = scroller.current.scrollHeight
  }, [follow])

  /** Call when another branch is shown: what is above stays in place, wherever its end is. */
  const holdPosition = useCallback(() => {
    const box = scroller.current
    if (box !== null) follow(box.scrollHeight - box.clientHeight - box.scrollTop <= NEAR_PX)
  }, [follow])

  useLayoutEffect(() => {
    const box = scroller.current
    const inside = content.current
    if (box === null || inside === null) return
    anchorAt(box, following.current)
    let lastTop = box.scrollTop
    let lastHeight = box.scrollHeight
    const onScroll = () => {
      const gap = box.scrollHeight - box.clientHeight - box.scrollTop
      const movedUp = box.scrollTop < lastTop
      // Content that shrinks moves the view up as well, and may have grown again since.
      const isSame = box.scrollHeight === lastHeight
      lastTop = box.scrollTop
      lastHeight = box.scrollHeight
      if (following.current && movedUp && gap > 1 && isSame) follow(false)
      else if (!following.current && !movedUp && gap <= NEAR_PX) follow(true)
    }
    const stay = () => {
      // An empty thread is read from its top.
      const hasMessages = inside.querySelector('article') !== null
      if (following.current && hasMessages) box.scrollTop = box.scrollHeight
      lastTop = box.scrollTop
      lastHeight = box.scrollHeight
    }
    stay()
    const sizes = new ResizeObserver(stay)
    sizes.observe(inside)
    sizes.observe(box)
    box.addEventListener('scroll', onScroll, { passive: true })
    return () => {
      sizes.disconnect()
      box.removeEventListener('scroll', onScroll)
    }
  }, [follow])

  return { scroller, content, pinned, toEnd, holdPosition }
}
