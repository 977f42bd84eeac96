export interface Silence {
  /** Bytes came all the time, and said nothing. */
  wasAlive: boolean
  waitedMs: number
}

/**
 * Aborts its signal when a model has been silent for too long; the SDK and the client never would. While
 * only bytes come that say nothing (comments that keep the connection alive), a second, longer limit holds.
 */
export class IdleWatchdog {
  /** What it fired for; null: it did not. */
  silence: Silence | null = null
  readonly #controller = new AbortController()
  readonly #idleMs: number
  readonly #answerMs: number
  readonly #idle: NodeJS.Timeout
  readonly #wordless: NodeJS.Timeout
  /** Bytes came since the last event. */
  #isAlive = false

  constructor(idleMs: number, answerMs = idleMs) {
    this.#idleMs = idleMs
    this.#answerMs = Math.max(idleMs, answerMs)
    const abort = () => {
      const wasAlive = this.#isAlive
      this.silence ??= { wasAlive, waitedMs: wasAlive ? this.#answerMs : this.#idleMs }
      this.#controller.abort()
    }
    this.#idle = setTimeout(abort, this.#idleMs)
    this.#wordless = setTimeout(abort, this.#answerMs)
  }

  get signal(): AbortSignal {
    return this.#controller.signal
  }

  get fired(): boolean {
    return this.#controller.signal.aborted
  }

  /** A piece of the answer, or of the progress towards it. */
  heard(): void {
    this.#isAlive = false
    this.#idle.refresh()
    this.#wordless.refresh()
  }

  /** Bytes, whatever they say. */
  alive(): void {
    this.#isAlive = true
    this.#idle.refresh()
  }

  stop(): void {
    clearTimeout(this.#idle)
    clearTimeout(this.#wordless)
  }
}
