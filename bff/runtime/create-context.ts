import type { AgentRun } from '../upstream/agent-run.ts'
import type { CallLedger } from '../upstream/types.ts'
import type { AgentParts } from './agent-parts.ts'
import { query } from './query.ts'
import type { RunContext } from './run-context.ts'

/** What the code of agents gets in a run. */
export function createContext(run: AgentRun, parts: AgentParts, ledger: CallLedger): RunContext {
  const { user, runId, conversationId, timeZone, flags, log, target, idleTimeoutMs, signal } = run
  return {
    user,
    runId,
    conversationId,
    timeZone,
    stores: parts.stores,
    flags,
    log,
    searchMessages: (text, limit) => run.searchMessages(text, limit),
    query: async (asked) => {
      if (target.kind === 'demo') return null
      const purpose = 'guardrail' as const
      const call = {
        ...asked,
        purpose,
        conversationId,
        runId,
        target,
        ledger,
        idleTimeoutMs,
        signal,
      }
      return (await query(call, parts)).output
    },
    signal,
  }
}
