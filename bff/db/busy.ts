// Another program (a backup, a SQL shell) may hold the file for a moment. SQLite's own wait blocks
// the event loop, so it is kept at 50 ms and the long wait is ours, between attempts.
import { setTimeout as wait } from 'node:timers/promises'

export const BLOCKING_WAIT_MS = 50
const GIVE_UP_AFTER_MS = 10_000
const LONGEST_PAUSE_MS = 200

/** Runs `attempt` until SQLite is not busy; the last SQLITE_BUSY is thrown on after ten seconds. */
export async function retryWhileBusy<T>(attempt: () => T): Promise<T> {
  const deadline = Date.now() + GIVE_UP_AFTER_MS
  for (let pause = 5; ; pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) {
    try {
      return attempt()
    } catch (error) {
      if (!isBusy(error) || Date.now() > deadline) throw error
    }
    // Jitter, so that two waiting programs do not meet again and again.
    await wait(pause * (0.5 + Math.random()))
  }
}

function isBusy(error: unknown): boolean {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('SQLITE_BUSY')
}
