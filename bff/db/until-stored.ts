// Retries a write until it succeeds or the process ends.
import { setTimeout as wait } from 'node:timers/promises'

const FIRST_PAUSE_MS = 250
const MAX_PAUSE_MS = 5000

/** `isWorthRetrying` decides about every failure. If it returns false, the failure is thrown. */
export async function untilStored<T>(
  write: () => Promise<T>,
  ending: AbortSignal,
  isWorthRetrying: (error: unknown) => boolean,
): Promise<T> {
  for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(pause * 2, MAX_PAUSE_MS)) {
    try {
      return await write()
    } catch (error) {
      if (!isWorthRetrying(error) || ending.aborted) throw error
    }
    await wait(pause, undefined, { signal: ending }).catch(() => {})
  }
}
