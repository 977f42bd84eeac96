import { useSyncExternalStore } from 'react'

interface Readable {
  subscribe: (notify: () => void) => () => void
}

/** Something that changes outside of React, and says when. */
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

/** What `read` takes from a store, or from its absence. */
export function useStore<T>(store: Readable | null | undefined, read: () => T): T {
  return useSyncExternalStore(store?.subscribe ?? subscribeToNothing, read)
}

function subscribeToNothing(): () => void {
  return () => undefined
}
