import { type RefObject, useLayoutEffect, useRef } from 'react'

const SETTLED_MS = 500

/**
 * Marks a box with `data-far` while it may be left out off the screen. Only after it was laid out for
 * a frame: from then on the browser remembers its height, and nothing moves when it comes near again.
 * `guessed`: what is there from the beginning is left out at once, by a guess of its height, and
 * laid out when the page has settled. The mark is not drawn by React: nothing else depends on it.
 */
export function useOffscreen<Box extends HTMLElement>(
  wanted: boolean,
  guessed = false,
): RefObject<Box | null> {
  const box = useRef<Box>(null)
  const known = useRef<'not' | 'guessed' | 'laid out'>(guessed && wanted ? 'guessed' : 'not')
  useLayoutEffect(() => {
    const { current } = box
    if (!wanted || current === null) return
    let timer: ReturnType<typeof setTimeout> | undefined
    let frame = 0
    const mark = (far: boolean) => current.toggleAttribute('data-far', far)
    const layOut = () => {
      known.current = 'not'
      mark(false)
      frame = requestAnimationFrame(() => {
        frame = requestAnimationFrame(() => {
          known.current = 'laid out'
          mark(true)
        })
      })
    }
    if (known.current === 'not') layOut()
    else mark(true)
    if (known.current === 'guessed') timer = setTimeout(layOut, SETTLED_MS)
    return () => {
      clearTimeout(timer)
      cancelAnimationFrame(frame)
      mark(false)
    }
  }, [wanted])
  return box
}
