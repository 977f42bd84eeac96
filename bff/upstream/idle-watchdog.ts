/** Why a model was given up. */
export interface Silence {
  /**
   * `silent`: no byte came. `wordless`: bytes came all the time, and said nothing. `endless`: the call
   * took longer than any may.
   */
  kind: 'silent' | 'wordless' | 'endless'
  waitedMs: number
}

/** No model works longer on one answer; an answer without an end would be paid and stored indefinitely. */
export const MAX_CALL_MS = 2 * 60 * 60_000

export interface WatchdogLimits {
  idleMs: number
  /** By default as long as `idleMs`. */
  answerMs?: number | undefined
  /** For the whole call. */
  callMs?: number | undefined
}

/**
 * Aborts its signal when a model has been silent for too long; the SDK and the client never would. While
 * only bytes come that say nothing (comments that keep the connection alive, empty deltas), a second,
 * longer limit holds, and a third one for the whole call.
 */
export class IdleWatchdog {
  /** The limit that fired, or null. */
  silence: Silence | null = null
  readonly #controller = new AbortController()
  readonly #limits: Limit[]
  #aliveAt = performance.now()
  #heardAt = performance.now()

  constructor({ idleMs, answerMs = idleMs, callMs = MAX_CALL_MS }: WatchdogLimits) {
    const begun = performance.now()
    this.#limits = [
      this.#limit('silent', idleMs, () => this.#aliveAt),
      this.#limit('wordless', Math.max(idleMs, answerMs), () => this.#heardAt),
      this.#limit('endless', callMs, () => begun),
    ]
  }

  /** Looks again when it could be over: arming a timer for each token costs more than reading it. */
  #limit(kind: Silence['kind'], waitedMs: number, since: () => number): Limit {
    const limit: Limit = { timer: setTimeout(() => check(), waitedMs) }
    const check = () => {
      const left = since() + waitedMs - performance.now()
      if (left > 0) {
        limit.timer = setTimeout(check, Math.ceil(left))
        return
      }
      this.silence ??= { kind, waitedMs }
      this.#controller.abort()
    }
    return limit
  }

  get signal(): AbortSignal {
    return this.#controller.signal
  }

  get fired(): boolean {
    return this.#controller.signal.aborted
  }

  /** A piece of the answer, or of the progress towards it. */
  heard(): void {
    this.#aliveAt = this.#heardAt = performance.now()
  }

  /** Bytes, whatever they say. */
  alive(): void {
    this.#aliveAt = performance.now()
  }

  stop(): void {
    for (const { timer } of this.#limits) clearTimeout(timer)
  }
}

interface Limit {
  timer: NodeJS.Timeout
}
