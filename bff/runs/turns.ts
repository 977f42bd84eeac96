// Runs tasks in their order, as many in each turn of the event loop as fit into a few milliseconds, so that a commit
// that wakes hundreds of followers does not delay other requests. A task keeps the language of the request that it
// belongs to.
const BUDGET_MS = 4

export class Turns {
  readonly #waiting: (() => Promise<void>)[] = []
  #isRunning = false
  #spentMs = 0
  #isRefillDue = false

  /** Resolves or rejects as the task does, which runs in the context of the caller. */
  async run<Result>(task: () => Promise<Result>): Promise<Result> {
    const begun = Promise.withResolvers<void>()
    const ended = Promise.withResolvers<void>()
    this.#waiting.push(() => {
      begun.resolve()
      return ended.promise
    })
    if (!this.#isRunning) void this.#runWaiting()
    await begun.promise
    try {
      return await task()
    } finally {
      ended.resolve()
    }
  }

  async #runWaiting(): Promise<void> {
    this.#isRunning = true
    while (this.#spentMs < BUDGET_MS) {
      const task = this.#waiting.shift()
      if (task === undefined) break
      this.#refillNextTurn()
      const start = performance.now()
      await task()
      await nextTick()
      this.#spentMs += performance.now() - start
      // The task may have taken several turns.
      this.#refillNextTurn()
    }
    this.#isRunning = false
  }

  #refillNextTurn(): void {
    if (this.#isRefillDue) return
    this.#isRefillDue = true
    setImmediate(() => {
      this.#isRefillDue = false
      this.#spentMs = 0
      if (!this.#isRunning) void this.#runWaiting()
    })
  }
}

/** The bytes that a task writes go to the socket in the next tick, which takes longer than the task itself. */
function nextTick(): Promise<void> {
  return new Promise((resolve) => {
    process.nextTick(resolve)
  })
}
