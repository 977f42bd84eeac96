// Gives a connection to one user at a time, in the order of their requests. A user that does not get it
// before its deadline gets a busy error, because otherwise the waits would add up.
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
