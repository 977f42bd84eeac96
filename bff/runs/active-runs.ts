// What is running in this process. Closing a tab does not appear here: only a stop request and the
// end of the process do.
interface Active {
  stop: AbortController
  ended: Promise<void>
}

export class ActiveRuns {
  readonly #active = new Map<string, Active>()
  readonly #ending = new AbortController()

  /** Aborts when the process ends: then a stopped run was interrupted, not stopped by a person. */
  get ending(): AbortSignal {
    return this.#ending.signal
  }

  /** `work` must not reject. */
  start(id: string, work: (stop: AbortSignal) => Promise<void>): void {
    const stop = new AbortController()
    if (this.#ending.signal.aborted) stop.abort()
    const ended = work(stop.signal).finally(() => this.#active.delete(id))
    this.#active.set(id, { stop, ended })
  }

  /** Harmless when it is not running, or asked for again. */
  stop(id: string): void {
    this.#active.get(id)?.stop.abort()
  }

  /** Resolves when everything has come to its ending. */
  async endAll(): Promise<void> {
    this.#ending.abort()
    for (const { stop } of this.#active.values()) stop.abort()
    // What ends may have started something: the naming of a conversation.
    while (this.#active.size > 0) {
      await Promise.all([...this.#active.values()].map(({ ended }) => ended))
    }
  }
}
