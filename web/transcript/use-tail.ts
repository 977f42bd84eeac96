import { useLayoutEffect, useRef, useState } from 'react'

/** Shows the newest lines of a box that is lower than what streams into it. */
export function useTail(streaming: boolean) {
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
