// Receives server-sent events, and watches what the reader would notice meanwhile.
export interface Seen {
  frames: number
  /** Frames that did not come in time. */
  dropped: number
  longTasks: number
  longest: number
}

const FRAME = 1000 / 60

export async function follow(address: string, take: (delta: string) => void): Promise<void> {
  const { body } = await fetch(address)
  if (body === null) throw new Error('The stream is empty.')
  const text = body.pipeThrough(new TextDecoderStream())
  let rest = ''
  for await (const chunk of text) {
    const blocks = (rest + chunk).split('\n\n')
    rest = blocks.pop() ?? ''
    for (const block of blocks) take(deltaOf(block))
  }
}

function deltaOf(block: string): string {
  const data = block.slice(block.indexOf('data: ') + 6)
  return String(JSON.parse(data).delta)
}

export function watch(): () => Seen {
  const seen: Seen = { frames: 0, dropped: 0, longTasks: 0, longest: 0 }
  const tasks = new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) {
      seen.longTasks += 1
      seen.longest = Math.max(seen.longest, Math.round(duration))
    }
  })
  tasks.observe({ entryTypes: ['longtask'] })
  let last = performance.now()
  let watching = true
  const tick = (now: number) => {
    seen.frames += 1
    seen.dropped += Math.max(0, Math.round((now - last) / FRAME) - 1)
    last = now
    if (watching) requestAnimationFrame(tick)
  }
  requestAnimationFrame((now) => {
    last = now
    requestAnimationFrame(tick)
  })
  return () => {
    watching = false
    tasks.disconnect()
    return seen
  }
}
