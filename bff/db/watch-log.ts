// Copies the write-ahead log into the database in the worker thread, where it has grown. A commit that did so
// would hold the event loop for tens of milliseconds. One still does if the log grows faster than this
// (`wal_autocheckpoint` in `open.ts`).
import { stat } from 'node:fs/promises'
import type { BackgroundJobs } from '../jobs/background-jobs.ts'
import type { Database } from './open.ts'

const EVERY_MS = 1000
const MIN_BYTES = 1024 * 1024

interface CheckpointWorker {
  checkpoint: (file: string, signal: AbortSignal) => Promise<unknown>
}

export function watchLog(
  { file }: Pick<Database, 'file'>,
  jobs: BackgroundJobs,
  worker: CheckpointWorker,
): void {
  let copiedAt = 0
  const copy = async (stop: AbortSignal) => {
    const log = await stat(`${file}-wal`).catch(() => null)
    // The log keeps its size when it is written again from its start.
    if (log === null || log.size < MIN_BYTES || log.mtimeMs === copiedAt) return
    try {
      await worker.checkpoint(file, stop)
      copiedAt = log.mtimeMs
    } catch (error) {
      if (!stop.aborted) throw error
    }
  }
  jobs.add('checkpoint', copy, EVERY_MS)
}
