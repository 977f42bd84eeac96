import { useEffect, useState } from 'react'

const SETTLED_MS = 500

/**
 * Whether a box may be left out while it is off the screen. Only after it was laid out for a frame:
 * from then on the browser remembers its height, and nothing moves when it comes near again.
 * `guessed`: what is there from the beginning is left out at once, by a guess of its height, and
 * laid out when the page has settled.
 */
export function useFar(wanted: boolean, guessed = false): boolean {
  const [laidOut, setLaidOut] = useState(guessed && wanted ? null : false)
  useEffect(() => {
    if (!wanted || laidOut === true) return
    if (laidOut === null) {
      const timer = setTimeout(() => setLaidOut(false), SETTLED_MS)
      return () => clearTimeout(timer)
    }
    let frame = requestAnimationFrame(() => {
      frame = requestAnimationFrame(() => setLaidOut(true))
    })
    return () => cancelAnimationFrame(frame)
  }, [wanted, laidOut])
  return wanted && laidOut !== false
}
