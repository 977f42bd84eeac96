/** Why a model was given up. */
export interface Silence {
  /**
   * `silent`: no byte came. `wordless`: bytes came all the time, and said nothing. `endless`: the call
   * took longer than any may.
   */
  kind: 'silent' | 'wordless' | 'endless'
  waitedMs: number
}

/** No model works on one answer for longer; without an end, it would be paid and stored for ever. */
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
  readonly #timers: { idle: NodeJS.Timeout; wordless: NodeJS.Timeout; call: NodeJS.Timeout }

  constructor({ idleMs, answerMs = idleMs, callMs = MAX_CALL_MS }: WatchdogLimits) {
    const fireAfter = (waitedMs: number, kind: Silence['kind']) =>
      setTimeout(() => {
        this.silence ??= { kind, waitedMs }
        this.#controller.abort()
      }, waitedMs)
    this.#timers = {
      idle: fireAfter(idleMs, 'silent'),
      wordless: fireAfter(Math.max(idleMs, answerMs), 'wordless'),
      call: fireAfter(callMs, 'endless'),
    }
  }

  get signal(): AbortSignal {
    return this.#controller.signal
  }

  get fired(): boolean {
    return this.#controller.signal.aborted
  }

  /** A piece of the answer, or of the progress towards it. */
  heard(): void {
    this.#timers.idle.refresh()
    this.#timers.wordless.refresh()
  }

  /** Bytes, whatever they say. */
  alive(): void {
    this.#timers.idle.refresh()
  }

  stop(): void {
    for (const timer of Object.values(this.#timers)) clearTimeout(timer)
  }
}
