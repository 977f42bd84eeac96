// How many calls of a tool one run executes at once.
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
