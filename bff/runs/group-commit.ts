// When the log is written. The first request of an idle log is served at once, that is at the end
// of this turn of the event loop; while commits follow each other, one serves all requests of the
// last 8 ms, or of the commit before where the disk takes longer. An event loop that is behind gets longer
// windows: the words of one run that share a commit share most of what they cost.
export const WINDOW_MS = 8
/** As long as a reader sees words and not jumps. */
const MAX_WINDOW_MS = 48
const FALL = 0.8

export interface GroupCommit {
  request: () => void
  /** Resolves when everything requested so far was flushed. */
  settled: () => Promise<void>
}

/** `flush` must not reject. It never runs twice at the same time. */
export function groupCommit(flush: () => Promise<void>): GroupCommit {
  let next: Promise<void> | null = null
  let lastStart = Number.NEGATIVE_INFINITY
  let windowMs = WINDOW_MS

  async function flushSoon(): Promise<void> {
    const dueAt = Math.max(lastStart + windowMs, performance.now())
    await wait(dueAt - performance.now())
    next = null
    lastStart = performance.now()
    const wanted = Math.max(2 * (lastStart - dueAt), windowMs * FALL)
    windowMs = Math.min(Math.max(wanted, WINDOW_MS), MAX_WINDOW_MS)
    await flush()
  }

  let running: Promise<void> = Promise.resolve()
  return {
    request: () => {
      if (next !== null) return
      next = running.then(flushSoon)
      running = next
    },
    settled: () => running,
  }
}

function wait(ms: number): Promise<void> {
  return new Promise((resolve) => {
    if (ms <= 0) setImmediate(resolve)
    else setTimeout(resolve, ms)
  })
}
