import { useSyncExternalStore } from 'react'

interface Readable {
  subscribe: (notify: () => void) => () => void
}

/** State outside React that notifies its subscribers. */
export class Store implements Readable {
  readonly #subscribers = new Set<() => void>()

  readonly subscribe = (notify: () => void) => {
    this.#subscribers.add(notify)
    return () => this.#subscribers.delete(notify)
  }

  protected notify(): void {
    for (const notify of this.#subscribers) notify()
  }
}

/** Reads from a store and rerenders when it changes. Without a store only reads. */
export function useStore<T>(store: Readable | null | undefined, read: () => T): T {
  return useSyncExternalStore(store?.subscribe ?? subscribeToNothing, read)
}

function subscribeToNothing(): () => void {
  return () => undefined
}
