// Background jobs of the server. Each has a name and runs once at a time. An error is reported under the
// name of its job and does not affect others. No timer keeps the process alive.
export type Work = (stop: AbortSignal) => Promise<unknown>

export interface Job {
  /** Runs the job after this delay, unless it is due earlier. A running job runs once more. */
  wake: (delayMs?: number) => void
}

/** Stays below the limit of `setTimeout`, above which a timer fires at once. */
const MAX_TIMER_MS = 24 * 60 * 60_000

export class BackgroundJobs {
  readonly #onError: (error: unknown, name: string) => void
  readonly #around: <Result>(run: () => Result) => Result
  readonly #stopping = new AbortController()
  readonly #running = new Set<Promise<void>>()

  /** `around` calls each job, for example in a language. */
  constructor(
    onError: (error: unknown, name: string) => void,
    around: <Result>(run: () => Result) => Result = (run) => run(),
  ) {
    this.#onError = onError
    this.#around = around
  }

  /** With an interval, the job runs at once, and again this long after each run has ended. */
  add(name: string, work: Work, everyMs?: number): Job {
    const { signal } = this.#stopping
    let dueAt = Number.POSITIVE_INFINITY
    let isRunning = false
    let timer: NodeJS.Timeout | undefined

    const arm = () => {
      clearTimeout(timer)
      if (isRunning || signal.aborted || dueAt === Number.POSITIVE_INFINITY) return
      const delayMs = Math.max(0, dueAt - performance.now())
      timer = setTimeout(() => void begin(), Math.min(delayMs, MAX_TIMER_MS)).unref()
    }
    const begin = async () => {
      if (performance.now() < dueAt) return arm()
      dueAt = Number.POSITIVE_INFINITY
      isRunning = true
      await this.run(name, work)
      isRunning = false
      if (everyMs === undefined) arm()
      else wake(everyMs)
    }
    const wake = (delayMs = 0) => {
      dueAt = Math.min(dueAt, performance.now() + delayMs)
      arm()
    }

    signal.addEventListener('abort', () => clearTimeout(timer))
    if (everyMs !== undefined) wake()
    return { wake }
  }

  /** Runs the work once, now. Resolves when it has ended, even if it failed. */
  run(name: string, work: Work): Promise<void> {
    const { signal } = this.#stopping
    if (signal.aborted) return Promise.resolve()
    const ended: Promise<void> = this.#around(() => work(signal))
      .catch((error: unknown) => this.#onError(error, name))
      .then(() => void this.#running.delete(ended))
    this.#running.add(ended)
    return ended
  }

  /** Starts no more jobs. Resolves when all running jobs have ended. */
  async stop(): Promise<void> {
    this.#stopping.abort()
    await Promise.all(this.#running)
  }
}
