// How many calls of a tool one run executes at once, and how a call learns that it has to end.
import pLimit, { type LimitFunction } from 'p-limit'
import type { AgentTool } from './define-tool.ts'

export class ToolSlots {
  readonly #slots = new Map<string, LimitFunction>()

  of({ name, maxConcurrent }: AgentTool): LimitFunction {
    const slot = this.#slots.get(name) ?? pLimit(maxConcurrent)
    this.#slots.set(name, slot)
    return slot
  }
}

/** Rejects when the signal aborts. */
export function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(new Error('aborted')), { once: true })
  })
}
