// Keeps a live run fed while somebody looks at it. A stream is a socket, and a browser has few
// of them: nobody looking, or a page hidden for a while, closes it, and the cursor brings it back.
import type { FoldedRun } from '#shared/fold-run.ts'
import type { StoredRunEvent } from '#shared/run-event.ts'
import { followRun, startAndFollowRun } from '../api/follow-run.ts'
import { isHidden } from '../api/page-wake.ts'
import { LiveRun } from './live-run.ts'

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

  /** Resolves with the run's id when the server has taken it; rejects when it refuses, or when cancelled. */
  start(send: (signal: AbortSignal) => Promise<Response>): Promise<string> {
    const abort = new AbortController()
    const events = startAndFollowRun(() => send(abort.signal), this.#followOptions(abort))
    return new Promise((resolve, reject) => {
      this.#pump(events, abort, resolve).then(
        () => reject(new StartCancelled()),
        (error: unknown) => {
          reject(error)
          if (this.#runId !== null) this.#finish()
        },
      )
    })
  }

  /** Gives up on a start that nobody has answered yet. */
  cancelStart(): void {
    if (this.#runId === null) this.#streaming?.abort()
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

  async #pump(
    events: AsyncIterable<StoredRunEvent>,
    abort: AbortController,
    onStarted?: (runId: string) => void,
  ): Promise<void> {
    this.#streaming = abort
    try {
      for await (const stored of events) {
        this.live.push(stored)
        if (stored.event.type !== 'run') continue
        this.#runId = stored.event.runId
        onStarted?.(this.#runId)
        if (this.#watchers === 0) this.#closeAfter(UNWATCHED_MS)
      }
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
