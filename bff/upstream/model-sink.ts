// Where a guarded model delivers what it reads. Straight from the model and not through the SDK's
// event queue, which throws away what was not read yet when a run fails or is stopped.
import type { Progress } from '#shared/run-event.ts'
import type { Item } from './types.ts'

export interface ModelSink {
  token(delta: string): void
  reasoning(delta: string): void
  /** A piece of a tool call's arguments; the first piece may be empty. */
  toolArguments(callId: string, name: string, delta: string): void
  toolReady(callId: string, name: string, args: string): void
  /** What the server does before its first word. */
  progress(progress: Progress): void
  retry(attempt: number, delayMs: number, reason: string): void
  store(items: Item[]): void
}

/** For calls whose answer nobody watches: titles, and agents used as tools. */
export const UNWATCHED: ModelSink = {
  token: () => {},
  reasoning: () => {},
  toolArguments: () => {},
  toolReady: () => {},
  progress: () => {},
  retry: () => {},
  store: () => {},
}
