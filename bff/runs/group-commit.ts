// When the log is written. The first request of an idle log is served at once, that is at the end
// of this turn of the event loop; while commits follow each other, one serves all requests of the
// last 8 ms. A disk on which commits keep taking longer than that gets a pause between two of them,
// or it would block everything else; a few slow ones do not count.
export const WINDOW_MS = 8
const PAUSE_PER_SLOW_MS = 4

export interface GroupCommit {
  request: () => void
  /** Resolves when everything requested so far was flushed. */
  settled: () => Promise<void>
}

/** `flush` must not reject. It never runs twice at the same time. */
export function groupCommit(flush: () => Promise<void>, windowMs = WINDOW_MS): GroupCommit {
  let next: Promise<void> | null = null
  let pause = 0
  let usual = 0
  let lastEnd = Number.NEGATIVE_INFINITY

  async function flushSoon(): Promise<void> {
    await wait(lastEnd + pause - performance.now())
    next = null
    const start = performance.now()
    await flush()
    lastEnd = performance.now()
    const took = lastEnd - start
    // Falls at once and rises slowly, so only commit after commit makes it high.
    usual = Math.min(took, usual * 1.5 + 0.1)
    pause = usual > windowMs ? usual * PAUSE_PER_SLOW_MS : windowMs - took
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
