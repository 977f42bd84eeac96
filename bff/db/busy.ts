// Another program (a backup, a SQL shell) may hold the file for a moment. SQLite's own wait would
// block the event loop, so SQLite never waits, and this process waits between attempts instead.
import { setTimeout as wait } from 'node:timers/promises'

/** From asking for the connection to having used it, however many others ask at the same time. */
export const BUSY_TIMEOUT_MS = 10_000
const MAX_PAUSE_MS = 100

/** What SQLite throws when it is busy, for a wait that ends before SQLite is asked. */
export class BusyError extends Error {
  readonly code = 'SQLITE_BUSY'
}

/** Runs `attempt` until SQLite is not busy. After `deadline` its last SQLITE_BUSY is thrown on. */
export async function retryWhileBusy<T>(attempt: () => T, deadline: number): Promise<T> {
  for (let pause = 2; ; pause = Math.min(pause * 2, MAX_PAUSE_MS)) {
    try {
      return attempt()
    } catch (error) {
      if (!isBusy(error) || performance.now() > deadline) throw error
    }
    // Jitter, so that two waiting programs do not meet again and again.
    await wait(pause * (0.5 + Math.random()))
  }
}

export function isBusy(error: unknown): boolean {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('SQLITE_BUSY')
}
