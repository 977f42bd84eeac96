// What conversations need now and then: indexing new messages, and purging what was deleted long
// enough ago that nobody undoes it.
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Database } from '../db/open.ts'
import { purgeConversations } from './change-store.ts'
import { indexNextMessages } from './search-store.ts'

export const UNDO_MS = 10 * 60_000
const EVERY_MS = 60_000
const INDEX_AFTER_MS = 100

export interface Housekeeping {
  /** New messages wait to be indexed. */
  index: () => void
  stop: () => Promise<void>
}

export function startHousekeeping(
  db: Database,
  onFault: (error: unknown) => void,
  undoMs = UNDO_MS,
): Housekeeping {
  const ending = new AbortController()
  let work = Promise.resolve()
  let indexing: NodeJS.Timeout | undefined

  const enqueue = (task: () => Promise<void>) => {
    work = work.then(() => (ending.signal.aborted ? undefined : task())).catch(onFault)
  }
  const purge = () => purgeConversations(db, new Date(Date.now() - undoMs).toISOString())
  const indexAll = async () => {
    // Requests get their turn between two batches.
    while (!ending.signal.aborted && (await indexNextMessages(db))) await nextTurn()
  }

  enqueue(purge)
  enqueue(indexAll)
  const purging = setInterval(() => enqueue(purge), EVERY_MS)
  return {
    index: () => {
      indexing ??= setTimeout(() => {
        indexing = undefined
        enqueue(indexAll)
      }, INDEX_AFTER_MS)
    },
    stop: async () => {
      ending.abort()
      clearInterval(purging)
      clearTimeout(indexing)
      await work
    },
  }
}
