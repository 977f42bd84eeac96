// Background work for conversations: purging conversations and messages whose deletion can no longer be
// undone.
import type { Database } from '../db/open.ts'
import type { BackgroundJobs } from '../jobs/background-jobs.ts'
import { type Deletion, purgeConversations } from './change-store.ts'
import { purgeMessages } from './deletion-store.ts'
import { purgeFolders } from './folder-store.ts'

export const UNDO_MS = 10 * 60_000
const PURGE_EVERY_MS = 60_000

export function startHousekeeping(db: Database, jobs: BackgroundJobs, undoMs = UNDO_MS): void {
  const isOver = undoClock(undoMs)
  const purge = async () => {
    await purgeMessages(db, isOver)
    await purgeConversations(db, isOver)
    await purgeFolders(db, isOver)
  }
  jobs.add('purge', purge, PURGE_EVERY_MS)
}

/**
 * Returns whether a deletion can no longer be undone: `undoMs` after this process first saw it, by the
 * monotonic clock, so that setting the wall clock ahead does not end the time to undo. The wall clock
 * only decides about deletions that were already due when the process started.
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
