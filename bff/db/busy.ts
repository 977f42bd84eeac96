// Waits for a file that another program (a backup, a SQL shell) has locked. SQLite's own wait would
// block the event loop, so its timeout is zero and this process waits between attempts.
import { AsyncLocalStorage } from 'node:async_hooks'
import { setTimeout as wait } from 'node:timers/promises'

/** Covers waiting for the connection and using it, however many others wait. */
export const BUSY_TIMEOUT_MS = 10_000
const MAX_PAUSE_MS = 100

interface Waits {
  totalMs: number
  isOver: boolean
}

const waitsOfRequest = new AsyncLocalStorage<Waits>()

/**
 * Gives all waits of `work` for the database one common deadline, so that a request of several
 * transactions waits no longer than one. Work that continues after `work` returns, such as an answer or
 * a stream, then waits as usual.
 */
export async function withOneDeadline<T>(work: () => T | Promise<T>): Promise<T> {
  const waits: Waits = { totalMs: 0, isOver: false }
  try {
    return await waitsOfRequest.run(waits, work)
  } finally {
    waits.isOver = true
  }
}

/** Returns how many milliseconds the next operation may wait. */
export function timeLeft(busyTimeoutMs: number): number {
  const waits = waitsOfRequest.getStore()
  return waits === undefined || waits.isOver
    ? busyTimeoutMs
    : Math.max(0, busyTimeoutMs - waits.totalMs)
}

/** Counts the duration of `waiting` against the deadline of the request. */
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

/** Like SQLite's own error, for a wait that ends before SQLite is asked. */
export class BusyError extends Error {
  /** `TALLY_BUSY`: this process itself has more to do than the deadline allows. */
  readonly code: 'SQLITE_BUSY' | 'TALLY_BUSY'

  constructor(code: BusyError['code']) {
    super(code)
    this.code = code
  }
}

/** Retries `attempt` while SQLite is busy. After `deadline`, throws the last SQLITE_BUSY. */
export async function retryWhileBusy<T>(attempt: () => T, deadline: number): Promise<T> {
  for (let pause = 2; ; pause = Math.min(pause * 2, MAX_PAUSE_MS)) {
    try {
      return attempt()
    } catch (error) {
      if (!isBusy(error) || performance.now() > deadline) throw error
    }
    // Jitter, so that two waiting programs do not collide again and again.
    await countWait(wait(pause * (0.5 + Math.random())))
  }
}

export function isBusy(error: unknown): boolean {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('SQLITE_BUSY')
}
