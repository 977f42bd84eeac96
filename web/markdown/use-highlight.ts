// The colours of code, once they are here. Until then code is drawn without.
import { useEffect, useSyncExternalStore } from 'react'
import type { HighlightToken } from './highlight.ts'

export type Highlight = (source: string, language: string) => HighlightToken[][] | null

let highlight: Highlight | null = null
const waiting = new Set<() => void>()

export async function loadHighlight(): Promise<void> {
  const loaded = await import('./highlight.ts')
  highlight = loaded.highlight
  for (const notify of waiting) notify()
}

function subscribe(notify: () => void): () => void {
  waiting.add(notify)
  return () => waiting.delete(notify)
}

/** Null while they are loading, and when nothing is wanted. */
export function useHighlight(wanted: boolean): Highlight | null {
  const loaded = useSyncExternalStore(subscribe, () => highlight)
  useEffect(() => {
    // Code without colours is still code: a failed load is tried again by the next block.
    if (wanted && loaded === null) loadHighlight().catch(() => {})
  }, [wanted, loaded])
  return wanted ? loaded : null
}
