import { type RefObject, useLayoutEffect, useRef } from 'react'

const SETTLED_MS = 500

/**
 * Marks a box with `data-far`, which lets CSS skip its rendering offscreen. The mark is set after the
 * box was laid out for a frame, so that the browser remembers its height and nothing jumps. With
 * `guessed`, boxes of the first render are skipped at once with a guessed height, and laid out after
 * the page settles.
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
    const mark = (offscreen: boolean) => current.toggleAttribute('data-far', offscreen)
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
