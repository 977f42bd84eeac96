// The colours of code, once they are here. Until then code is drawn without.
import type { HighlightToken } from './highlight.ts'

export type Highlight = (source: string, language: string) => HighlightToken[][] | null

let highlight: Highlight | null = null
const waiting = new Set<() => void>()

export async function loadHighlight(): Promise<void> {
  const loaded = await import('./highlight.ts')
  highlight = loaded.highlight
  for (const notify of waiting) notify()
}

/** Null until it is loaded. */
export function loadedHighlight(): Highlight | null {
  return highlight
}

/** Loads it, calls back when it is here, and answers how to call that off. */
export function awaitHighlight(notify: () => void): () => void {
  waiting.add(notify)
  // Code without colours is still code: a failed load is tried again by the next block.
  loadHighlight().catch(() => {})
  return () => void waiting.delete(notify)
}
