// How long the event loop of this process is held up. A timer that is due every millisecond notes how
// much later it comes; what the system gave to other processes in that time is not ours, so the
// processor time of the thread stands beside it.
const EVERY_MS = 1

export class LoopWatch {
  #timer = null
  #blocks = []
  #last = null

  start() {
    this.#blocks = []
    this.#last = now()
    this.#timer = setInterval(() => this.#tick(), EVERY_MS)
    this.#timer.unref()
  }

  /** The longest block since `start`: as the clock sees it, and the thread's own share of it. */
  stop() {
    this.#tick()
    clearInterval(this.#timer)
    const longest = (name) => Math.max(...this.#blocks.map((block) => block[name]))
    return { ms: longest('ms'), cpuMs: longest('cpuMs') }
  }

  #tick() {
    const { ms, cpuMs } = now()
    this.#blocks.push({ ms: ms - this.#last.ms - EVERY_MS, cpuMs: cpuMs - this.#last.cpuMs })
    this.#last = { ms, cpuMs }
  }
}

function now() {
  const { user, system } = process.threadCpuUsage()
  return { ms: performance.now(), cpuMs: (user + system) / 1000 }
}
