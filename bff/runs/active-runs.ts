// The runs of this process, and the stopped runs whose usage is still being counted. Only a stop request and the end of
// the process stop a run; closing a tab does not.
import type { StopReason } from '#shared/run-event.ts'
import type { StopMode } from '#shared/stop-run.ts'
import { inEnglish } from '../http/language.ts'
import type { Counting } from '../upstream/agent-run.ts'

interface Active {
  stop: AbortController
  /** Closes the connection of an answer that is read on. */
  cut: AbortController
  finishCounting: boolean
  stopReason: StopReason | undefined
  isOver: boolean
  /** With all that is written at its ending. */
  ended: Promise<void>
  /** Answers that are read on to their usage. */
  rests: Set<Promise<unknown>>
}

/** A stopped answer is read no longer than this. */
const MAX_COUNTING_MS = 5 * 60_000

export class ActiveRuns {
  readonly #active = new Map<string, Active>()
  readonly #background = new Set<Promise<void>>()
  readonly #ending = new AbortController()
  readonly #onError: (error: unknown) => void
  readonly #longestCountingMs: number

  constructor(onError: (error: unknown) => void, longestCountingMs = MAX_COUNTING_MS) {
    this.#onError = onError
    this.#longestCountingMs = longestCountingMs
  }

  /** Aborts when the process ends: a run stopped by that is interrupted, not stopped by the user. */
  get ending(): AbortSignal {
    return this.#ending.signal
  }

  /** `work` must not reject. */
  start(id: string, work: (stop: AbortSignal) => Promise<void>): void {
    const stop = new AbortController()
    if (this.#ending.signal.aborted) stop.abort()
    const active: Active = {
      stop,
      cut: new AbortController(),
      finishCounting: false,
      stopReason: undefined,
      isOver: false,
      ended: Promise.resolve(),
      rests: new Set(),
    }
    this.#active.set(id, active)
    active.ended = inEnglish(() => work(stop.signal)).finally(() => {
      active.isOver = true
      this.#forget(id, active)
    })
  }

  /** Does what no run waits for, such as naming its conversation. `work` must not reject. */
  startBackground(work: (stop: AbortSignal) => Promise<void>): void {
    const ended: Promise<void> = inEnglish(() => work(this.#ending.signal)).finally(() => {
      this.#background.delete(ended)
    })
    this.#background.add(ended)
  }

  /** Has no effect if the run is not running or is already being stopped. */
  stop(id: string, mode: StopMode = 'cut', reason?: StopReason): void {
    const active = this.#active.get(id)
    if (active === undefined) return
    if (!active.stop.signal.aborted) active.stopReason = reason
    // A connection that was closed cannot be counted any more.
    active.finishCounting = mode === 'finish_counting' && !active.cut.signal.aborted
    active.stop.abort()
    if (mode === 'cut') active.cut.abort()
  }

  /** Undefined if the user stopped the run itself. */
  stopReason(id: string): StopReason | undefined {
    return this.#active.get(id)?.stopReason
  }

  /** Whether the usage of an answer that was stopped may still come. */
  isCounting(id: string): boolean {
    return (this.#active.get(id)?.rests.size ?? 0) > 0
  }

  /** Resolves when the run has its ending, if it is one of this process. */
  async ended(id: string): Promise<void> {
    await this.#active.get(id)?.ended
  }

  /** Lets the agent leave a stopped answer to be read in the background. */
  countingOf(id: string): Counting | undefined {
    const active = this.#active.get(id)
    return (
      active && {
        wanted: () => active.finishCounting,
        cut: active.cut.signal,
        readOn: (rest) => this.#readOn(id, active, rest),
      }
    )
  }

  /** Resolves when everything has come to its ending. */
  async endAll(): Promise<void> {
    this.#ending.abort()
    for (const id of this.#active.keys()) this.stop(id)
    // A run that ends may have started the naming of its conversation.
    while (this.#active.size > 0 || this.#background.size > 0) {
      const runs = [...this.#active.values()].flatMap(({ ended, rests }) => [ended, ...rests])
      await Promise.all([...runs, ...this.#background])
    }
  }

  #readOn(id: string, active: Active, rest: Promise<unknown>): void {
    const limit = setTimeout(() => active.cut.abort(), this.#longestCountingMs)
    const counted: Promise<unknown> = rest.catch(this.#onError).finally(() => {
      clearTimeout(limit)
      active.rests.delete(counted)
      this.#forget(id, active)
    })
    active.rests.add(counted)
  }

  #forget(id: string, { isOver, rests }: Active): void {
    if (isOver && rests.size === 0) this.#active.delete(id)
  }
}
