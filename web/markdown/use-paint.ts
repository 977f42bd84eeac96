// The colours of code, once they are here. Until then code is drawn without.
import { useEffect, useSyncExternalStore } from 'react'
import type { Stroke } from './paint.ts'

export type Paint = (source: string, language: string) => Stroke[][] | null

let paint: Paint | null = null
const waiting = new Set<() => void>()

export async function loadPaint(): Promise<void> {
  const loaded = await import('./paint.ts')
  paint = loaded.paint
  for (const notify of waiting) notify()
}

function subscribe(notify: () => void): () => void {
  waiting.add(notify)
  return () => waiting.delete(notify)
}

/** Null while they are loading, and when nothing is wanted. */
export function usePaint(wanted: boolean): Paint | null {
  const loaded = useSyncExternalStore(subscribe, () => paint)
  useEffect(() => {
    // Code without colours is still code: a failed load is tried again by the next block.
    if (wanted && loaded === null) loadPaint().catch(() => {})
  }, [wanted, loaded])
  return wanted ? loaded : null
}
