// The worker thread: does the jobs of bff/worker. Long jobs yield, so that a short one does not wait for them. The code of a job is
// loaded with the first job of its kind.
import { parentPort } from 'node:worker_threads'
import type { CheckpointConnection } from '../db/checkpoint.ts'
import type { ReadingDatabase } from '../db/open.ts'
import type { SearchRequest } from '../search/search-store.ts'
import type { FromWorker, Job, ToWorker } from '../worker/jobs.ts'

const running = new Map<number, AbortController>()

parentPort?.on('message', (request: ToWorker<SearchRequest>) => {
  if ('cancel' in request) running.get(request.id)?.abort()
  else void answer(request.id, request.job)
})

async function answer(id: number, job: Job<SearchRequest>): Promise<void> {
  const controller = new AbortController()
  running.set(id, controller)
  const result = await perform(job, controller.signal).then(
    (output): FromWorker => ({ id, output }),
    (error: unknown): FromWorker => ({ id, failure: String(error) }),
  )
  running.delete(id)
  parentPort?.postMessage(result)
}

async function perform(job: Job<SearchRequest>, stop: AbortSignal): Promise<unknown> {
  switch (job.name) {
    case 'countTokens': {
      const { countAllTokens } = await import('../upstream/count-tokens.ts')
      return countAllTokens(job.input, stop)
    }
    case 'splitTokens': {
      const { splitTokens } = await import('../upstream/count-tokens.ts')
      return splitTokens(job.input)
    }
    case 'searchMessages': {
      const { searchMessages } = await import('../search/search-store.ts')
      const { file, request } = job.input
      return searchMessages(await databaseIn(file), request, stop)
    }
    case 'renderBlock': {
      const { renderBlock } = await import('../exports/share/render-block.ts')
      const { inLanguage } = await import('../http/language.ts')
      const { block, language } = job.input
      return inLanguage(language, () => renderBlock(block))
    }
    case 'checkpoint': {
      ;(await logOf(job.input)).checkpoint()
      return null
    }
    case 'closeDatabase': {
      opened?.db.close()
      opened = null
      log?.close()
      log = null
      return null
    }
  }
}

let opened: { file: string; db: ReadingDatabase } | null = null

/** Keeps one connection: a process has one database. */
async function databaseIn(file: string): Promise<ReadingDatabase> {
  const { openForReading } = await import('../db/open.ts')
  if (opened?.file !== file) {
    opened?.db.close()
    opened = { file, db: openForReading(file) }
  }
  return opened.db
}

let log: CheckpointConnection | null = null

async function logOf(file: string): Promise<CheckpointConnection> {
  const { CheckpointConnection: Connection } = await import('../db/checkpoint.ts')
  if (log?.file !== file) {
    log?.close()
    log = new Connection(file)
  }
  return log
}
