// How much of the prompt a server has read, which llama.cpp reports before its answer.
import type { ModelSink } from './model-sink.ts'
import { recordAt } from './record.ts'

export interface ReadSoFar {
  processed: number
  total: number
}

/** A fast server reports more often than a person can read. */
const TOLD_EVERY_MS = 200

export class PromptProgress {
  /** Null if it does not report it. */
  latest: ReadSoFar | null = null
  #toldAt = -Infinity

  /** Whether the event is such a report. */
  read(event: unknown, sink: ModelSink): boolean {
    const progress = recordAt(event, 'prompt_progress')
    if (progress === null) return false
    const { processed, total } = progress
    if (typeof processed !== 'number' || typeof total !== 'number') return false
    this.latest = { processed: Math.round(processed), total: Math.round(total) }
    const now = performance.now()
    if (now - this.#toldAt < TOLD_EVERY_MS) return true
    this.#toldAt = now
    void sink.emit({ type: 'progress', progress: { stage: 'prompt', ...this.latest } })
    return true
  }
}
