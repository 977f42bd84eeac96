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
    let timer: ReturnType<typeof setTimeout> | undefined
    const unsubscribe = live?.subscribe(() => {
      clearTimeout(timer)
      timer = setTimeout(() => setQuiet(true), MOMENT_MS)
      setQuiet(false)
    })
    return () => {
      clearTimeout(timer)
      unsubscribe?.()
    }
  }, [live])
  return quiet
}
