// Gives a connection to one user at a time, in the order of their requests. A user that does not get it
// before its deadline gets a busy error, because otherwise the waits would add up.
import { BusyError } from './busy.ts'

interface Waiting {
  start: () => void
}

export class ConnectionQueue {
  #isTaken = false
  readonly #waiting = new Set<Waiting>()
  readonly #isHeldByOther: () => boolean

  /** `isHeldByOther`: the user of the connection waits for another program. */
  constructor(isHeldByOther: () => boolean) {
    this.#isHeldByOther = isHeldByOther
  }

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
      reject(new BusyError(this.#isHeldByOther() ? 'SQLITE_BUSY' : 'TALLY_BUSY'))
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
