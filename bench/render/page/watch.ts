// Records what a reader would notice while an answer streams.
export interface Seen {
  frames: number
  /** Frames that were late. */
  dropped: number
  longTasks: number
  longest: number
}

const FRAME = 1000 / 60

export function watch(): () => Seen {
  const seen: Seen = { frames: 0, dropped: 0, longTasks: 0, longest: 0 }
  const tasks = new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) {
      seen.longTasks += 1
      seen.longest = Math.max(seen.longest, Math.round(duration))
    }
  })
  tasks.observe({ entryTypes: ['longtask'] })
  let last: number | null = null
  let watching = true
  const tick = (now: number) => {
    if (last !== null) {
      seen.frames += 1
      seen.dropped += Math.max(0, Math.round((now - last) / FRAME) - 1)
    }
    last = now
    if (watching) requestAnimationFrame(tick)
  }
  requestAnimationFrame(tick)
  return () => {
    watching = false
    tasks.disconnect()
    return seen
  }
}
