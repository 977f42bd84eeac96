// Checks the database after start-up and once a day, in a thread that ends with the check, so that
// nothing waits for it. Also adds missing checksums to old rows, a few at a time.
import { setImmediate as yieldToEventLoop } from 'node:timers/promises'
import { Worker } from 'node:worker_threads'
import type { BackgroundJobs } from '../jobs/background-jobs.ts'
import type { Database } from './open.ts'
import { fillChecksums } from './fill-checksums.ts'
import type { Found } from './integrity-worker.ts'

const ENTRY = new URL('./integrity-worker.ts', import.meta.url)
const DAY_MS = 24 * 60 * 60_000

export function watchIntegrity(db: Database, jobs: BackgroundJobs): void {
  jobs.add('integrity', (stop) => checkIntegrity(db, stop), DAY_MS)
  void jobs.run('checksums', async (stop) => {
    for await (const _ of fillChecksums(db)) {
      if (stop.aborted) return
      await yieldToEventLoop()
    }
  })
}

/** Resolves when all findings are reported. */
export async function checkIntegrity({ file, damage }: Database, stop: AbortSignal): Promise<void> {
  if (stop.aborted) return
  const thread = new Worker(ENTRY, { workerData: file, execArgv: [] })
  thread.unref()
  const leave = () => void thread.terminate()
  stop.addEventListener('abort', leave)
  const over = Promise.withResolvers<void>()
  thread.on('message', (found: Found) => {
    if ('structure' in found) damage.reportStructure()
    else if ('files' in found) damage.reportFiles(found.files)
    else damage.reportRow(found.row)
  })
  thread.on('error', over.reject)
  thread.on('exit', () => over.resolve())
  await over.promise.finally(() => stop.removeEventListener('abort', leave))
}
