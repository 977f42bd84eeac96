// Keeps a live run fed while somebody looks at it. All tabs share one stream, and what nobody looks
// at has no part in it: nobody looking, or a page hidden for a while, lets go, and the cursor brings
// it back.
import type { FoldedRun } from '#shared/fold-run.ts'
import type { StoredRunEvent } from '#shared/run-event.ts'
import { followRun } from '../api/follow-run.ts'
import { isHidden, pause } from '../api/page-wake.ts'
import { ApiError } from '../api/request.ts'
import { LiveRun } from './live-run.ts'

const MIN_DELAY_MS = 500
const MAX_DELAY_MS = 15_000
const UNWATCHED_MS = 3_000
const HIDDEN_MS = 30_000

interface RunFeedOptions {
  /** Null when the run is about to be started. */
  runId: string | null
  folded?: FoldedRun | undefined
  /** The stream has ended for good, with the run's ending or because there is no more to read. */
  onFinished: (feed: RunFeed) => void
  /** Nobody has looked for a while, and the stream is closed. */
  onAbandoned: (feed: RunFeed) => void
}

export class StartCancelled extends Error {}

export class RunFeed {
  readonly live: LiveRun
  #runId: string | null
  #watchers = 0
  #finished = false
  #starting: AbortController | null = null
  #streaming: AbortController | null = null
  #timer: ReturnType<typeof setTimeout> | undefined
  readonly #options: RunFeedOptions

  constructor(options: RunFeedOptions) {
    this.live = new LiveRun(options.folded)
    this.#runId = options.runId
    this.#options = options
  }

  get runId(): string | null {
    return this.#runId
  }

  /**
   * Resolves with the run's id when the server has taken it; rejects when it refuses, or when cancelled.
   * `send` is called again while nobody has answered: with its idempotency key that starts one run.
   */
  async start(send: (signal: AbortSignal) => Promise<string>): Promise<string> {
    const starting = new AbortController()
    this.#starting = starting
    for (let delay = MIN_DELAY_MS; ; delay = Math.min(2 * delay, MAX_DELAY_MS)) {
      const runId = await sendOnce(send, starting.signal)
      if (runId !== null) {
        this.live.setConnected(true)
        this.#started(runId)
        return runId
      }
      this.live.setConnected(false)
      await pause(delay, starting.signal)
      if (starting.signal.aborted) throw new StartCancelled()
    }
  }

  #started(runId: string): void {
    this.#runId = runId
    this.#resume()
    if (this.#watchers === 0) this.#closeAfter(UNWATCHED_MS)
  }

  /** Gives up on a start that nobody has answered yet. */
  cancelStart(): void {
    if (this.#runId === null) this.#starting?.abort()
  }

  watch(): () => void {
    this.#watchers += 1
    this.#resume()
    document.addEventListener('visibilitychange', this.#onVisibility)
    return () => {
      this.#watchers -= 1
      if (this.#watchers > 0) return
      document.removeEventListener('visibilitychange', this.#onVisibility)
      this.#closeAfter(UNWATCHED_MS)
    }
  }

  readonly #onVisibility = () => {
    if (isHidden()) this.#closeAfter(HIDDEN_MS)
    else this.#resume()
  }

  #resume(): void {
    clearTimeout(this.#timer)
    const runId = this.#runId
    if (runId === null || this.#finished || this.#streaming !== null) return
    const abort = new AbortController()
    const events = followRun(runId, this.#followOptions(abort))
    void this.#pump(events, abort).catch(() => this.#finish())
  }

  #closeAfter(ms: number): void {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => {
      if (this.#runId !== null) this.#streaming?.abort()
      if (this.#watchers === 0) this.#options.onAbandoned(this)
    }, ms)
  }

  async #pump(events: AsyncIterable<StoredRunEvent>, abort: AbortController): Promise<void> {
    this.#streaming = abort
    try {
      for await (const stored of events) this.live.push(stored)
    } finally {
      this.#streaming = null
    }
    if (!abort.signal.aborted) this.#finish()
    else if (this.#watchers > 0 && !isHidden()) this.#resume()
  }

  #finish(): void {
    this.#finished = true
    this.live.close()
    this.#options.onFinished(this)
  }

  #followOptions(abort: AbortController) {
    return {
      after: this.live.cursor,
      signal: abort.signal,
      onConnection: (connected: boolean) => this.live.setConnected(connected),
    }
  }
}

/** Null when nobody answered. */
async function sendOnce(
  send: (signal: AbortSignal) => Promise<string>,
  signal: AbortSignal,
): Promise<string | null> {
  try {
    return await send(signal)
  } catch (error) {
    if (signal.aborted) throw new StartCancelled()
    if (error instanceof ApiError && error.unanswered) return null
    throw error
  }
}
