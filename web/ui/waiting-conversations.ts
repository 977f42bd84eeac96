import { Store } from './store.ts'

/** The conversations in which something waits for the user. Known soon after the first paint. */
class WaitingConversations extends Store {
  #ids: ReadonlySet<string> = new Set()

  readonly count = () => this.#ids.size

  has(id: string): boolean {
    return this.#ids.has(id)
  }

  set(ids: Iterable<string>): void {
    const next = new Set(ids)
    if (next.size === this.#ids.size && [...next].every((id) => this.#ids.has(id))) return
    this.#ids = next
    this.notify()
  }
}

export const waitingConversations = new WaitingConversations()
