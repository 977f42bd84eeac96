// What happens on the wire of one model call besides its events. The client and the SDK stand between
// the guard that asks and the connection, and hand nothing through, so the observer goes around them.
import { AsyncLocalStorage } from 'node:async_hooks'

export interface WireObserver {
  /** Bytes came, whatever they say. */
  onBytes(): void
  /** The server had closed the connection that was kept open, so the request was sent once more. */
  onResend(): void
  /**
   * An event came. True: it is a piece of the answer and was read, so that the SDK need not see it now.
   * That spares each token its way through the SDK.
   */
  takes?(event: unknown): boolean
}

const current = new AsyncLocalStorage<WireObserver>()

/** All requests that `work` makes are observed. */
export function observeWire<Result>(observer: WireObserver, work: () => Result): Result {
  return current.run(observer, work)
}

export function wireObserver(): WireObserver | undefined {
  return current.getStore()
}
