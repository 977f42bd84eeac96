import type { Message } from '#shared/message.ts'
import { useStore } from '../ui/store.ts'

/** A message that is being written, as the transcript sees it: changes at most once per frame. */
export interface LiveMessage {
  subscribe: (notify: () => void) => () => void
  /** Null until its first event is here. What has not changed keeps its identity. */
  snapshot: () => Message | null
  /** False while the page waits to connect again. */
  connected: () => boolean
  /** The server's clock, as well as it can be told from the events. */
  now: () => number
}

/**
 * What `select` takes from the message as it is now: the live one while there is one. Renders
 * only when that changes, so `select` returns a part of the message or a plain value.
 */
export function useLive<T>(
  live: LiveMessage | null,
  stored: Message,
  select: (message: Message) => T,
): T {
  return useStore(live, () => select(live?.snapshot() ?? stored))
}

export function useConnected(live: LiveMessage | null): boolean {
  return useStore(live, () => live?.connected() ?? true)
}
