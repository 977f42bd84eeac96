// The one worker thread, for work that cannot be split into pieces of a few milliseconds. Starts with the
// first job. If the thread dies, its jobs are repeated once on a new thread, and then fail.
import { Worker } from 'node:worker_threads'
import type * as z from 'zod/mini'
import { language } from '#shared/translate.ts'
import {
  FoundPage,
  type FromWorker,
  Html,
  type Job,
  Nothing,
  TokenCounts,
  Tokens,
  type ToWorker,
} from './jobs.ts'

const ENTRY = new URL('../serve/worker-thread.ts', import.meta.url)
const MAX_ATTEMPTS = 2

/** The job failed in the worker, or the thread ended. */
export class WorkerError extends Error {
  override name = 'WorkerError'
}

interface Pending {
  id: number
  job: Job
  attempts: number
  settle: (answer: FromWorker) => void
}

export class BackgroundWorker {
  readonly #entry: URL
  readonly #pending = new Map<number, Pending>()
  #thread: Worker | null = null
  #lastId = 0

  /** Tests pass their own entry. */
  constructor(entry = ENTRY) {
    this.#entry = entry
  }

  /** Every method rejects at once if its `signal` aborts. */
  countTokens(texts: string[], signal?: AbortSignal): Promise<number[]> {
    return this.#call({ name: 'countTokens', input: texts }, TokenCounts, signal)
  }

  splitTokens(text: string, signal?: AbortSignal): Promise<string[]> {
    return this.#call({ name: 'splitTokens', input: text }, Tokens, signal)
  }

  searchMessages(
    input: { file: string; request: object },
    signal?: AbortSignal,
  ): Promise<FoundPage> {
    return this.#call({ name: 'searchMessages', input }, FoundPage, signal)
  }

  /** Renders a block of Markdown, in the language of the request. */
  renderBlock(block: string, signal?: AbortSignal): Promise<string> {
    return this.#call({ name: 'renderBlock', input: { block, language: language() } }, Html, signal)
  }

  /** Copies the write-ahead log of this database into it. */
  checkpoint(file: string, signal?: AbortSignal): Promise<null> {
    return this.#call({ name: 'checkpoint', input: file }, Nothing, signal)
  }

  /** A database that is open here cannot be opened by another server. */
  closeDatabase(): Promise<null> {
    return this.#call({ name: 'closeDatabase' }, Nothing)
  }

  /** Ends the thread. Pending jobs fail; the next job starts a new thread. */
  async close(): Promise<void> {
    const thread = this.#thread
    this.#thread = null
    this.#fail([...this.#pending.values()], 'The background worker was closed.')
    await thread?.terminate()
  }

  async #call<T>(job: Job, output: z.ZodMiniType<T>, signal?: AbortSignal): Promise<T> {
    signal?.throwIfAborted()
    const id = (this.#lastId += 1)
    const answered = Promise.withResolvers<FromWorker>()
    const onAbort = () => {
      this.#forget(id)
      this.#thread?.postMessage({ id, cancel: true } satisfies ToWorker)
      answered.reject(signal?.reason)
    }
    signal?.addEventListener('abort', onAbort)
    try {
      this.#ask({ id, job, attempts: 0, settle: answered.resolve })
      const answer = await answered.promise
      if ('failure' in answer) throw new WorkerError(answer.failure)
      return output.parse(answer.output)
    } finally {
      signal?.removeEventListener('abort', onAbort)
    }
  }

  #ask(pending: Pending): void {
    const { id, job } = pending
    pending.attempts += 1
    this.#pending.set(id, pending)
    this.#thread ??= this.#start()
    // Keeps the process alive only while an answer is pending.
    this.#thread.ref()
    this.#thread.postMessage({ id, job } satisfies ToWorker)
  }

  #start(): Worker {
    const thread = new Worker(this.#entry, { execArgv: [] })
    let cause = 'The background worker ended.'
    thread.on('message', (answer: FromWorker) => this.#answer(answer))
    thread.on('error', (error) => {
      cause = `The background worker failed: ${String(error)}`
    })
    thread.on('exit', () => {
      if (this.#thread === thread) this.#replace(cause)
    })
    return thread
  }

  #answer(answer: FromWorker): void {
    const pending = this.#pending.get(answer.id)
    this.#forget(answer.id)
    pending?.settle(answer)
  }

  #replace(cause: string): void {
    this.#thread = null
    const lost = [...this.#pending.values()]
    const given = lost.filter(({ attempts }) => attempts >= MAX_ATTEMPTS)
    this.#fail(given, cause)
    for (const pending of lost) if (!given.includes(pending)) this.#ask(pending)
  }

  #fail(lost: Pending[], failure: string): void {
    for (const { id, settle } of lost) {
      this.#forget(id)
      settle({ id, failure })
    }
  }

  #forget(id: number): void {
    this.#pending.delete(id)
    if (this.#pending.size === 0) this.#thread?.unref()
  }
}

export const backgroundWorker = new BackgroundWorker()
