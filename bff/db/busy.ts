// Another program (a backup, a SQL shell) may hold the file for a moment. SQLite's own wait would
// block the event loop, so SQLite never waits, and this process waits between attempts instead.
import { AsyncLocalStorage } from 'node:async_hooks'
import { setTimeout as wait } from 'node:timers/promises'

/** From asking for the connection to having used it, however many others ask at the same time. */
export const BUSY_TIMEOUT_MS = 10_000

interface Waits {
  totalMs: number
  isOver: boolean
}

const waitsOfRequest = new AsyncLocalStorage<Waits>()

/**
 * The waits of `work` for the database together take no longer than one may take alone, so that a
 * request of several transactions has one deadline. What `work` leaves running when it returns, like
 * an answer or a stream, waits as usual from then on.
 */
export async function withOneDeadline<T>(work: () => T | Promise<T>): Promise<T> {
  const waits: Waits = { totalMs: 0, isOver: false }
  try {
    return await waitsOfRequest.run(waits, work)
  } finally {
    waits.isOver = true
  }
}

/** How long the next operation may wait. */
export function timeLeft(busyTimeoutMs: number): number {
  const waits = waitsOfRequest.getStore()
  return waits === undefined || waits.isOver
    ? busyTimeoutMs
    : Math.max(0, busyTimeoutMs - waits.totalMs)
}

/** Counts the time that `waiting` takes against the deadline of the request. */
export async function countWait<T>(waiting: Promise<T>): Promise<T> {
  const waits = waitsOfRequest.getStore()
  if (waits === undefined) return waiting
  const start = performance.now()
  try {
    return await waiting
  } finally {
    waits.totalMs += performance.now() - start
  }
}
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
    await countWait(wait(pause * (0.5 + Math.random())))
  }
}

export function isBusy(error: unknown): boolean {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('SQLITE_BUSY')
}
