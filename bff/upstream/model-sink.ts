// Where a guarded model delivers what it reads. Straight from the model and not through the SDK's
// event queue, which throws away what was not read yet when a run fails or is stopped.
import type { RunSink } from './agent-run.ts'

export interface ModelSink extends Pick<RunSink, 'emit' | 'storeItems'> {
  /** The model has written this call of a tool to its end. */
  onToolReady?: (callId: string, name: string) => void
}

/** For calls whose answer has no reader: titles, and agents used as tools. */
export const UNWATCHED: ModelSink = {
  emit: () => Promise.resolve(),
  storeItems: () => Promise.resolve(),
}
