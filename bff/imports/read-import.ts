// Reads an upload in a thread of its own, whose memory is limited.
import { Worker } from 'node:worker_threads'
import { ImportRefused } from './import-refused.ts'
import type { FromReader, Read, ReadJob } from './read-messages.ts'
import { t } from '#shared/translate.ts'

const ENTRY = new URL('./read-thread.ts', import.meta.url)
const MAX_HEAP_MB = 1_024

export async function* readImport(job: ReadJob, signal: AbortSignal): AsyncGenerator<Read[]> {
  signal.throwIfAborted()
  const thread = new Worker(ENTRY, {
    workerData: job,
    execArgv: [],
    resourceLimits: { maxOldGenerationSizeMb: MAX_HEAP_MB },
  })
  let told = Promise.withResolvers<FromReader>()
  thread.on('message', (message: FromReader) => told.resolve(message))
  thread.on('error', (error) => told.reject(refusalOf(error)))
  thread.on('exit', () => told.reject(new Error('The reading thread ended.')))
  const onAbort = () => told.reject(signal.reason)
  signal.addEventListener('abort', onAbort)
  try {
    for (;;) {
      const message = await told.promise
      if ('end' in message) return
      if ('refused' in message) throw new ImportRefused(message.refused)
      told = Promise.withResolvers()
      told.promise.catch(() => {})
      yield message.read
      thread.postMessage('next')
    }
  } finally {
    signal.removeEventListener('abort', onAbort)
    told.promise.catch(() => {})
    await thread.terminate()
  }
}

function refusalOf(error: unknown): unknown {
  const isFull =
    error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY'
  return isFull ? new ImportRefused(t`A conversation of this file is too large to be read.`) : error
}
