// The sink of a nested run: its events are logged under the call that started it, and its items stay with that call, so
// the conversation never carries them.
import { type NestedItems, type RunSink, timed } from '../upstream/agent-run.ts'

export function nestedSink(run: RunSink, nested: NestedItems, parentCallId: string): RunSink {
  return {
    emit: (event) => {
      const inside = timed(event)
      // The beginning and the ending are the run's own.
      if (inside.type === 'run' || inside.type === 'done') return run.emit(inside)
      return run.emit({ ...inside, parentCallId })
    },
    storeItems: (items) => nested.store(parentCallId, items),
    settled: run.settled,
  }
}
