import { useEffect, useState } from 'react'

/**
 * Whether a box may be left out while it is off the screen. Only after it was laid out for a frame:
 * from then on the browser remembers its height, and nothing moves when it comes near again.
 */
export function useFar(wanted: boolean): boolean {
  const [laidOut, setLaidOut] = useState(false)
  useEffect(() => {
    if (!wanted) return
    let frame = requestAnimationFrame(() => {
      frame = requestAnimationFrame(() => setLaidOut(true))
    })
    return () => cancelAnimationFrame(frame)
  }, [wanted])
  return wanted && laidOut
}
