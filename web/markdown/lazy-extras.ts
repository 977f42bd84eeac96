// What most texts do without: code, tables, formulas, images, plain addresses and named characters. What
// reads and draws them loads with the first text that may have one. Until then they are text.
import { LazyModule } from '../ui/lazy-module.ts'
import { MAX_FORMATTED_CHARS } from './pieces.ts'

const extras = new LazyModule(() => import('./extras.ts'))

/** Returns null until they are loaded. */
export const loadedExtras = extras.loaded

export async function loadExtras(): Promise<void> {
  await extras.load()
}

/** Returns true for every text that is drawn differently with them. */
export function needsExtras(text: string): boolean {
  return text.length > MAX_FORMATTED_CHARS || SIGNS.test(text)
}

const SIGNS = /[|$&@\t]| {4}|\\[([]|!\[|```|~~~|:\/\/|www\./i

/** Calls back once, when they are loaded. Returns how to cancel that. */
export function awaitExtras(notify: () => void): () => void {
  const unsubscribe = extras.subscribe(() => {
    unsubscribe()
    notify()
  })
  // After a failed load the text stays readable, and the next one tries again.
  loadExtras().catch(() => {})
  return unsubscribe
}
