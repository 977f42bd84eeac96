/** Aborts its signal when nothing was heard for too long; the SDK and the client never would. */
export class IdleWatchdog {
  readonly #controller = new AbortController()
  readonly #timer: NodeJS.Timeout

  constructor(idleMs: number) {
    this.#timer = setTimeout(() => this.#controller.abort(), idleMs)
  }

  get signal(): AbortSignal {
    return this.#controller.signal
  }

  get fired(): boolean {
    return this.#controller.signal.aborted
  }

  heard(): void {
    this.#timer.refresh()
  }

  stop(): void {
    clearTimeout(this.#timer)
  }
}
