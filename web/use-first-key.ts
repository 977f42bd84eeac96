import { useEffect, useState } from 'react'

/**
 * Returns what shortcuts are loaded for: the first key, or the wish to see the list of shortcuts. The browser
 * must not do what it does for the key of the command palette.
 */
export function useFirstKey(): Event | null {
  const [first, setFirst] = useState<Event | null>(null)
  useEffect(() => {
    const once = new AbortController()
    const onEvent = (event: Event) => {
      if (event instanceof KeyboardEvent) {
        const { key, ctrlKey, metaKey } = event
        if (/^(?:Control|Meta|Alt|Shift)$/.test(key)) return
        if (key === 'k' && (ctrlKey || metaKey)) event.preventDefault()
      }
      once.abort()
      setFirst(event)
    }
    for (const type of ['keydown', 'open-shortcuts']) {
      addEventListener(type, onEvent, { signal: once.signal })
    }
    return () => once.abort()
  }, [])
  return first
}
