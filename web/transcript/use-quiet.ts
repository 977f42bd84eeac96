import { useEffect, useState } from 'react'
import type { LiveMessage } from './live-message.ts'

const MOMENT_MS = 700

/**
 * Whether nothing new has come for a moment. Only then is a sign of life animated: words that flow
 * are one, and an animation beside them makes the browser look at styles once more in every frame.
 */
export function useQuiet(live: LiveMessage | null): boolean {
  const [quiet, setQuiet] = useState(true)
  useEffect(() => {
    if (live === null) return
    let newest = 0
    let timer: ReturnType<typeof setTimeout> | null = null
    const look = () => {
      const left = newest + MOMENT_MS - performance.now()
      timer = left > 0 ? setTimeout(look, left) : null
      setQuiet(timer === null)
    }
    const unsubscribe = live.subscribe(() => {
      newest = performance.now()
      if (timer === null) look()
    })
    return () => {
      unsubscribe()
      if (timer !== null) clearTimeout(timer)
    }
  }, [live])
  return quiet
}
