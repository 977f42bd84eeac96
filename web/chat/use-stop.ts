import { useCallback, useState } from 'react'
import type { StopMode } from '#shared/stop-run.ts'
import { stopRun } from '../api/runs.ts'
import { useChat } from './chat-context.tsx'
import type { Thread } from './use-thread.ts'

/** Stops what is under way at a place, and knows while the stop is under way itself. */
export function useStop(place: string, { runId, running }: Thread) {
  const { traffic, failures } = useChat()
  const [stopped, setStopped] = useState<string | null>(null)
  const stop = useCallback(
    (mode?: StopMode) => {
      if (runId === null) return traffic.loaded()?.sendings.stop(place)
      setStopped(runId)
      stopRun(runId, mode).catch((error: Error) => {
        setStopped(null)
        failures.set(place, error.message)
      })
    },
    [traffic, failures, place, runId],
  )
  return { stop, stopping: running && runId !== null && stopped === runId }
}
