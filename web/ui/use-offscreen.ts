import { type RefObject, useLayoutEffect, useRef, useState } from 'react'

const SETTLED_MS = 500

/**
 * Marks a box with `data-far`, which lets CSS skip its rendering offscreen. The mark is set after the
 * box was laid out for a frame, so that the browser remembers its height and nothing jumps. With
 * `guessed`, boxes of the first render are skipped at once with a guessed height, and laid out after
 * the page settles.
 */
export class OffscreenBox {
  #state: 'not' | 'guessed' | 'laid-out'
  #stop: (() => void) | null = null

  constructor(guessed = false) {
    this.#state = guessed ? 'guessed' : 'not'
  }

  /** Does nothing more for a box that is left out already. */
  leaveOut(box: HTMLElement): void {
    if (this.#stop !== null) return
    let timer: ReturnType<typeof setTimeout> | undefined
    let frame = 0
    const mark = (offscreen: boolean) => box.toggleAttribute('data-far', offscreen)
    // Makes the browser remember its height from now on.
    box.toggleAttribute('data-sized', true)
    const layOut = () => {
      this.#state = 'not'
      mark(false)
      frame = requestAnimationFrame(() => {
        frame = requestAnimationFrame(() => {
          this.#state = 'laid-out'
          mark(true)
        })
      })
    }
    if (this.#state === 'not') layOut()
    else mark(true)
    // In a frame: by then the page knows how far the reader has scrolled, and the browser keeps that place.
    if (this.#state === 'guessed')
      timer = setTimeout(() => (frame = requestAnimationFrame(layOut)), SETTLED_MS)
    this.#stop = () => {
      clearTimeout(timer)
      cancelAnimationFrame(frame)
      mark(false)
    }
  }

  keep(): void {
    this.#stop?.()
    this.#stop = null
  }
}

export function useOffscreen<Box extends HTMLElement>(
  wanted: boolean,
  guessed = false,
): RefObject<Box | null> {
  const box = useRef<Box>(null)
  const [offscreen] = useState(() => new OffscreenBox(guessed && wanted))
  useLayoutEffect(() => {
    if (!wanted || box.current === null) return
    offscreen.leaveOut(box.current)
    return () => offscreen.keep()
  }, [wanted, offscreen])
  return box
}
