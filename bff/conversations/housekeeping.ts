// What conversations need now and then: indexing new messages, and purging what was deleted long
// enough ago that nobody undoes it.
import { setImmediate as yieldToEventLoop } from 'node:timers/promises'
import type { Database } from '../db/open.ts'
import { type Deletion, purgeConversations } from './change-store.ts'
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
  onError: (error: unknown) => void,
  undoMs = UNDO_MS,
): Housekeeping {
  const ending = new AbortController()
  let work = Promise.resolve()
  let indexing: NodeJS.Timeout | undefined

  const enqueue = (task: () => Promise<void>) => {
    work = work.then(() => (ending.signal.aborted ? undefined : task())).catch(onError)
  }
  const isOver = undoClock(undoMs)
  const purge = () => purgeConversations(db, isOver)
  const indexAll = async () => {
    // Requests get their turn between two batches.
    while (!ending.signal.aborted && (await indexNextMessages(db))) await yieldToEventLoop()
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

/**
 * Whether a deletion can no longer be undone: `undoMs` after this process first saw it, by the monotonic
 * clock. A wall clock that is set ahead meanwhile must not end the time to undo; only what was over
 * when the process started is told by it.
 */
export function undoClock(undoMs: number): (deletion: Deletion) => boolean {
  const overBefore = Date.now() - undoMs
  const seen = new Map<string, { deletedAt: string; at: number }>()
  return ({ id, deletedAt }) => {
    const now = performance.now()
    const first = seen.get(id)
    if (first?.deletedAt === deletedAt) return now - first.at >= undoMs
    seen.set(id, { deletedAt, at: now })
    return Date.parse(deletedAt) < overBefore
  }
}
