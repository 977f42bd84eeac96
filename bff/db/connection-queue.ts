// One user of a connection at a time, in the order in which they ask. Whoever does not get it before
// their deadline is told that the database is busy: else the waits of all before them would add up.
import { BusyError } from './busy.ts'

interface Waiting {
  start: () => void
}

export class ConnectionQueue {
  #isTaken = false
  readonly #waiting = new Set<Waiting>()

  async take(deadline: number): Promise<void> {
    if (!this.#isTaken) {
      this.#isTaken = true
      return
    }
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    const waiting: Waiting = { start: resolve }
    this.#waiting.add(waiting)
    const timer = setTimeout(() => {
      this.#waiting.delete(waiting)
      reject(new BusyError('the connection is in use'))
    }, deadline - performance.now())
    await promise.finally(() => clearTimeout(timer))
  }

  give(): void {
    const [next] = this.#waiting
    if (next === undefined) {
      this.#isTaken = false
    } else {
      this.#waiting.delete(next)
      next.start()
    }
  }
}
