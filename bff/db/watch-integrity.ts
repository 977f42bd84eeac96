// Checks the database behind the start and once a day, in a thread that lives for one check, so that
// nothing waits for it; and gives rows their checksum that are older than checksums, a few at a time.
import { setImmediate as yieldToEventLoop } from 'node:timers/promises'
import { Worker } from 'node:worker_threads'
import type { Database } from './open.ts'
import { fillChecksums } from './fill-checksums.ts'
import type { Found } from './integrity-worker.ts'

const ENTRY = new URL('./integrity-worker.ts', import.meta.url)
const DAY_MS = 24 * 60 * 60_000

export interface IntegrityWatch {
  /** Checks now; resolves when everything that was found is reported. */
  check: () => Promise<void>
  stop: () => Promise<void>
}

export function watchIntegrity(db: Database, onError: (error: unknown) => void): IntegrityWatch {
  const ending = new AbortController()
  const check = () => checkOnce(db, ending.signal).catch(onError)
  const first = check()
  const filling = fill(db, ending.signal).catch(onError)
  const daily = setInterval(() => void check(), DAY_MS).unref()
  return {
    check: () => first.then(check),
    stop: async () => {
      ending.abort()
      clearInterval(daily)
      await Promise.all([first, filling])
    },
  }
}

async function fill(db: Database, ending: AbortSignal): Promise<void> {
  for await (const _ of fillChecksums(db)) {
    if (ending.aborted) return
    await yieldToEventLoop()
  }
}

async function checkOnce({ file, damage }: Database, ending: AbortSignal): Promise<void> {
  if (ending.aborted) return
  const thread = new Worker(ENTRY, { workerData: file, execArgv: [] })
  thread.unref()
  const stop = () => void thread.terminate()
  ending.addEventListener('abort', stop)
  const over = Promise.withResolvers<void>()
  thread.on('message', (found: Found) => {
    if ('structure' in found) damage.reportStructure()
    else damage.reportRow(found.row)
  })
  thread.on('error', over.reject)
  thread.on('exit', () => over.resolve())
  await over.promise.finally(() => ending.removeEventListener('abort', stop))
}
