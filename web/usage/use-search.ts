import { useSyncExternalStore } from 'react'

/** What stands after the path of the address, from `?` on. */
export function useSearch(): string {
  return useSyncExternalStore(subscribe, () => location.search)
}

function subscribe(notify: () => void): () => void {
  addEventListener('popstate', notify)
  return () => removeEventListener('popstate', notify)
}
