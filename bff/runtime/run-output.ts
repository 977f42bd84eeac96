// The way out of a run: events and items, in order, never awaited inside the SDK's loop. When one
// cannot be written the run is broken off, because a reader would not see what happens.
import type { RunEvent } from '#shared/run-event.ts'
import type { ModelSink } from '../upstream/model-sink.ts'
import type { AgentRun, Item } from '../upstream/types.ts'

type WithoutTime<T> = T extends unknown ? Omit<T, 'at'> : never

/** What an agent does; the beginning, the money and the ending are told by others. */
type AgentRunEvent = Extract<
  RunEvent,
  { type: 'token' | 'reasoning' | 'tool_call' | 'tool_result' | 'agent' | 'progress' | 'retry' }
>

export class RunOutput {
  readonly #run: Pick<AgentRun, 'emit' | 'storeItems'>
  readonly #broken = new AbortController()
  #failure: Error | null = null
  /** Both are written in the order of the calls, so the last one stands for all. */
  #lastEvent: Promise<void> = Promise.resolve()
  #lastItems: Promise<void> = Promise.resolve()

  constructor(run: Pick<AgentRun, 'emit' | 'storeItems'>) {
    this.#run = run
  }

  /** Aborts when something could not be written. */
  get broken(): AbortSignal {
    return this.#broken.signal
  }

  /** Resolves when the event is committed. Nobody has to wait. */
  emit(event: WithoutTime<AgentRunEvent>): Promise<void> {
    const written = this.#run.emit({ ...event, at: new Date().toISOString() })
    this.#lastEvent = this.#watch(written)
    return written
  }

  store(items: Item[]): Promise<void> {
    const written = this.#run.storeItems(items)
    this.#lastItems = this.#watch(written)
    return written
  }

  /** Resolves when everything so far is written, and throws when something could not be. */
  async settled(): Promise<void> {
    await Promise.all([this.#lastEvent, this.#lastItems])
    if (this.#failure !== null) throw this.#failure
  }

  #watch(written: Promise<void>): Promise<void> {
    return written.catch((error: unknown) => {
      this.#failure ??= error instanceof Error ? error : new Error(String(error))
      this.#broken.abort()
    })
  }

  /** Where the model of one agent delivers. */
  sinkOf(agent: string): ModelSink {
    return {
      token: (delta) => void this.emit({ type: 'token', delta }),
      reasoning: (delta) => void this.emit({ type: 'reasoning', delta }),
      toolArguments: (callId, name, delta) =>
        void this.emit({ type: 'tool_call', phase: 'arguments', callId, name, agent, delta }),
      toolReady: (callId, name, args) =>
        void this.emit({ type: 'tool_call', phase: 'ready', callId, name, agent, arguments: args }),
      progress: (progress) => void this.emit({ type: 'progress', progress }),
      retry: (attempt, delayMs, reason) =>
        void this.emit({ type: 'retry', attempt, delayMs, reason }),
      store: (items) => void this.store(items),
    }
  }
}
