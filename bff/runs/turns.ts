// Runs tasks in their order, as many in each turn of the event loop as fit into a few milliseconds, so that a commit
// that wakes hundreds of followers does not delay other requests. A task keeps the language of the request that it
// belongs to.
import { AsyncLocalStorage } from 'node:async_hooks'

const BUDGET_MS = 4

export class Turns {
  readonly #waiting: (() => Promise<void>)[] = []
  #isRunning = false
  #spentMs = 0
  #isRefillDue = false

  /** Resolves or rejects as the task does. */
  run<Result>(task: () => Promise<Result>): Promise<Result> {
    const { promise, resolve, reject } = Promise.withResolvers<Result>()
    this.#waiting.push(AsyncLocalStorage.bind(() => task().then(resolve, reject)))
    if (!this.#isRunning) void this.#runWaiting()
    return promise
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
