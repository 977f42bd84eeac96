import { type RefObject, useLayoutEffect, useRef } from 'react'

/** When the box goes away with the focus in it, the focus goes to the element with this id. */
export function useHandBackFocus<Box extends HTMLElement>(toId: string): RefObject<Box | null> {
  const box = useRef<Box>(null)
  useLayoutEffect(() => {
    const element = box.current
    return () => {
      if (element?.contains(document.activeElement)) document.getElementById(toId)?.focus()
    }
  }, [toId])
  return box
}
