// The search: keeps its index up to date in the background, and searches in the worker thread.
import type { SearchHit } from '#shared/search.ts'
import type { Database } from '../db/open.ts'
import { setImmediate as yieldToEventLoop } from 'node:timers/promises'
import type { BackgroundJobs } from '../jobs/background-jobs.ts'
import { indexNextMessages } from './index-store.ts'
import { wordsQuery } from './parse-query.ts'
import { type FoundPage, resolveNames, type SearchRequest } from './search-store.ts'

/** Long enough that one run indexes several new messages. */
const INDEX_AFTER_MS = 100
/** Not every change says that it has changed something. */
const INDEX_EVERY_MS = 2000
/** A tool has more time than a person who is typing. */
const MAX_TOOL_MS = 1000

interface SearchWorker {
  searchMessages: (
    input: { file: string; request: SearchRequest },
    signal: AbortSignal,
  ) => Promise<FoundPage>
}

export interface SearchDeps {
  db: Database
  jobs: BackgroundJobs
  worker: SearchWorker
  /** Told about messages that cannot be indexed. */
  onError: (error: unknown) => void
}

export interface OpenSearch extends Pick<SearchDeps, 'db' | 'worker'> {
  /** New messages wait to be indexed. */
  onMessages: () => void
  /** Finds plain words, for tools. */
  searchMessages: (words: string, limit: number, signal: AbortSignal) => Promise<SearchHit[]>
}

export function openSearch({ db, jobs, worker, onError }: SearchDeps): OpenSearch {
  const indexing = jobs.add(
    'index',
    async (stop) => {
      // Yields to requests between two batches.
      while (!stop.aborted && (await indexNextMessages(db, onError))) await yieldToEventLoop()
    },
    INDEX_EVERY_MS,
  )
  return {
    db,
    worker,
    onMessages: () => indexing.wake(INDEX_AFTER_MS),
    searchMessages: async (words, limit, signal) => {
      const query = wordsQuery(words)
      if (query.patterns.length === 0) return []
      const request = { query: await resolveNames(db, query), after: 0, limit, maxMs: MAX_TOOL_MS }
      return (await worker.searchMessages({ file: db.file, request }, signal)).items
    },
  }
}
