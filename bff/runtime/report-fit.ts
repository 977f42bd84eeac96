// Emits an event whenever the requests of a run leave out more or less of the conversation.
import type { AgentRun } from '../upstream/agent-run.ts'
import type { Fitted } from './fit-history.ts'
import { NOTHING_LEFT_OUT } from './plan-fit.ts'

type FitRun = Pick<AgentRun, 'emit' | 'leftOut' | 'onFit'>

export function fitReporter(run: FitRun): (fitted: Fitted) => void {
  let told = run.leftOut ?? NOTHING_LEFT_OUT
  return ({ leftOut, tokens, unsent }) => {
    run.onFit?.(tokens, leftOut, unsent)
    const isTold = leftOut.messages === told.messages && leftOut.results === told.results
    told = leftOut
    if (isTold || leftOut.tokens === 0) return
    const { messages, results } = leftOut
    void run.emit({
      type: 'context',
      kind: 'left_out',
      messages,
      tokens: leftOut.tokens,
      ...(results > 0 && { results }),
    })
  }
}
