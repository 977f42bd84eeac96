// Sends a request again and again until the server answers it. All attempts carry one idempotency key.
import { pause } from './page-wake.ts'
import { ApiError } from './request.ts'

const FIRST_DELAY_MS = 500
const MAX_DELAY_MS = 15_000

/** Throws what the server refuses, and when `signal` aborts. `onUnanswered` is called before each pause. */
export async function untilAnswered<T>(
  attempt: () => Promise<T>,
  signal: AbortSignal,
  onUnanswered: () => void,
): Promise<T> {
  for (let delay = FIRST_DELAY_MS; ; delay = Math.min(2 * delay, MAX_DELAY_MS)) {
    try {
      return await attempt()
    } catch (error) {
      if (signal.aborted || !(error instanceof ApiError && error.unanswered)) throw error
    }
    onUnanswered()
    await pause(delay, signal)
    signal.throwIfAborted()
  }
}
