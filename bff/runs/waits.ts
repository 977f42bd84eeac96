// The runs that stand still until somebody decides. A wait is in the log before it is here, so that
// it outlives the process; here is who goes on when it is decided, and that it is decided once.
import type { DecideRun } from '#shared/decide.ts'
import { Problem } from '../http/problem.ts'

interface Wait {
  id: string
  decided: PromiseWithResolvers<DecideRun>
}

export class Waits {
  readonly #open = new Map<string, Wait>()

  has(runId: string): boolean {
    return this.#open.has(runId)
  }

  /**
   * Resolves with null if the run is stopped first. A run waits for one thing at a time, so further
   * callers join.
   */
  async decision(runId: string, waitId: string, stop: AbortSignal): Promise<DecideRun | null> {
    const wait = this.#open.get(runId) ?? { id: waitId, decided: Promise.withResolvers() }
    this.#open.set(runId, wait)
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

  /** `store` writes the decision down; when it cannot, nothing was decided. */
  async decide(runId: string, decision: DecideRun, store: () => Promise<void>): Promise<void> {
    const wait = this.#open.get(runId)
    if (wait === undefined || wait.id !== decision.waitId) throw new Problem('already_decided')
    this.#open.delete(runId)
    try {
      await store()
    } catch (error) {
      this.#open.set(runId, wait)
      throw error
    }
    wait.decided.resolve(decision)
  }

  /** The run is over. */
  close(runId: string): void {
    this.#open.delete(runId)
  }
}
