// Measures how long the event loop of this process is blocked. A timer that is due every millisecond
// records how late it fires. Wall time includes other processes, so the thread's processor time is
// recorded too.
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

  /** Returns the longest block since `start`, as wall time and as processor time of the thread. */
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
