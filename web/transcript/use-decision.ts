import { useQueryClient } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import type { DecideRun } from '#shared/decide.ts'
import { ApiError } from '../api/request.ts'
import { decideRun } from '../api/runs.ts'
import { t } from '#shared/translate.ts'

/** A decision without the wait that it is about. */
export type Decision<Of = DecideRun> = Of extends { waitId: string } ? Omit<Of, 'waitId'> : never

/** Sends a decision. What was decided comes back with the log, as it does to every other tab. */
export function useDecision(runId: string, waitId: string) {
  const client = useQueryClient()
  const [sent, setSent] = useState<Decision['decision'] | null>(null)
  // Known before the next render, as a second click may be.
  const isSent = useRef(false)
  const [problem, setProblem] = useState<string | null>(null)

  const decide = (decision: Decision) => {
    // The buttons stay enabled, so that the focus stays until the card changes.
    if (isSent.current) return
    isSent.current = true
    setSent(decision.decision)
    setProblem(null)
    const decided = decideRun(runId, { waitId, ...decision })
    void decided.then(
      () => client.invalidateQueries({ queryKey: ['waits'] }),
      () => undefined,
    )
    decided.catch((error: Error) => {
      isSent.current = false
      setSent(null)
      setProblem(problemSentence(error))
    })
  }
  return { decide, sent, problem }
}

function problemSentence(error: Error): string {
  const isTaken = error instanceof ApiError && error.code === 'already_decided'
  return isTaken ? t`Someone has already decided this, perhaps in another tab.` : error.message
}
