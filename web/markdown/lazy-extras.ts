// What many texts do without: code, tables, formulas, links, notes, tasks, named characters and parts that are
// mounted only near the view. What reads and draws them loads with the first text that may need it.
import { LazyModule } from '../ui/lazy-module.ts'
import { MAX_MOUNTED_GROUPS } from './group-starts.ts'

const extras = new LazyModule(() => import('./extras.ts'))

/** Returns null until they are loaded. */
export const loadedExtras = extras.loaded

export async function loadExtras(): Promise<void> {
  await extras.load()
}

/** Returns true for every text that is read or drawn differently with them. */
export function needsExtras(text: string): boolean {
  return SIGNS.test(text) || isLong(text)
}

/** The last of the signs is that of a deep nesting. */
const SIGNS =
  /[|$&@[<\t]| {4}|\\\(|```|~~~|:\/\/|www\.|:-|-:|(?:[>*+-] {0,3}|\d{1,9}[.)] {1,3}){50}/i

/** A shorter text is mounted whole, and formatted whole. */
const MAX_SHORT_CHARS = 50_000
const MAX_SHORT_LINES = 16 * MAX_MOUNTED_GROUPS

function isLong(text: string): boolean {
  return text.length > MAX_SHORT_CHARS || text.split('\n').length > MAX_SHORT_LINES
}

/** Calls back once when they are loaded, and before that if that fails. Returns how to cancel the first. */
export function awaitExtras(onLoaded: () => void, onFailed: () => void): () => void {
  const unsubscribe = extras.subscribe(() => {
    unsubscribe()
    onLoaded()
  })
  loadExtras().catch(onFailed)
  return unsubscribe
}
