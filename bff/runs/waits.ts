// The waits of this process: wakes the run when a wait is decided, and makes sure that it is decided once. A wait is
// stored in the log and in its row first, so that it outlives the process.
import type { Decided } from '../upstream/ask-person.ts'

interface Wait {
  runId: string
  isBudget: boolean
  isTaken: boolean
  decided: PromiseWithResolvers<Decided>
}

export interface WaitOf {
  runId: string
  waitId: string
  isBudget?: boolean
}

export class Waits {
  readonly #open = new Map<string, Wait>()

  has(runId: string): boolean {
    return this.#of(runId).length > 0
  }

  /** Null if the run waits for no budget in this process. */
  budgetWaitOf(runId: string): string | null {
    return this.#of(runId).find(([, wait]) => wait.isBudget)?.[0] ?? null
  }

  /** Resolves with null if the run is stopped first. Several may wait for the same decision. */
  async decision(
    { runId, waitId, isBudget = false }: WaitOf,
    stop: AbortSignal,
  ): Promise<Decided | null> {
    const wait = this.#open.get(waitId) ?? {
      runId,
      isBudget,
      isTaken: false,
      decided: Promise.withResolvers<Decided>(),
    }
    this.#open.set(waitId, wait)
    const stopped = Promise.withResolvers<null>()
    const onStop = () => stopped.resolve(null)
    stop.addEventListener('abort', onStop)
    if (stop.aborted) onStop()
    try {
      return await Promise.race([wait.decided.promise, stopped.promise])
    } finally {
      stop.removeEventListener('abort', onStop)
    }
  }

  /**
   * Decides the wait, unless another request does. `store` stores the decision and returns false if it was decided
   * elsewhere; if it throws, nothing was decided.
   */
  async decide(waitId: string, decided: Decided, store: () => Promise<boolean>): Promise<boolean> {
    const wait = this.#open.get(waitId)
    if (wait === undefined || wait.isTaken) return false
    wait.isTaken = true
    try {
      if (!(await store())) return false
    } catch (error) {
      wait.isTaken = false
      throw error
    }
    this.#open.delete(waitId)
    wait.decided.resolve(decided)
    return true
  }

  /** Ends the waits of a run: they can no longer be decided. */
  take(runId: string): void {
    for (const [, wait] of this.#of(runId)) wait.isTaken = true
  }

  /** It was decided before the run began to wait here. */
  forget(waitId: string): void {
    this.#open.delete(waitId)
  }

  /** The run is over. */
  close(runId: string): void {
    for (const [id] of this.#of(runId)) this.#open.delete(id)
  }

  #of(runId: string): [string, Wait][] {
    return [...this.#open].filter(([, wait]) => wait.runId === runId)
  }
}
