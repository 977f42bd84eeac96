import { useSyncExternalStore } from 'react'

/** Returns the query of the address, including `?`. */
export function useSearch(): string {
  return useSyncExternalStore(subscribe, () => location.search)
}

function subscribe(notify: () => void): () => void {
  addEventListener('popstate', notify)
  return () => removeEventListener('popstate', notify)
}
