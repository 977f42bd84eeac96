// For tests: servers of one process share the worker thread, which loads its vocabulary for half a second.
import { backgroundWorker } from '../worker/background-worker.ts'

export function keepWorkerThread(): void {
  backgroundWorker.close = async () => {
    await backgroundWorker.closeDatabase()
  }
}
