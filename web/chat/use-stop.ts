import { useCallback, useState, useSyncExternalStore } from 'react'
import { stopRun } from '../api/runs.ts'
import { useChat } from './chat-context.tsx'
import type { Thread } from './use-thread.ts'

/** Stops what is under way at a place, and knows while the stop is under way itself. */
export function useStop(place: string, { runId, running }: Thread) {
  const { sendings } = useChat()
  const [stopped, setStopped] = useState<string | null>(null)

  const stop = useCallback(() => {
    if (runId === null) return sendings.stop(place)
    setStopped(runId)
    stopRun(runId).catch((error: Error) => {
      setStopped(null)
      sendings.fail(place, error.message)
    })
  }, [sendings, place, runId])

  return { stop, stopping: running && runId !== null && stopped === runId }
}

export function useFailure(place: string): string | null {
  const { sendings } = useChat()
  return useSyncExternalStore(sendings.subscribe, () => sendings.failure(place))
}
