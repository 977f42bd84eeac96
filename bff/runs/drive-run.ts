// Drives one run from its first event to exactly one ending. Whatever the agent does, whatever
// breaks, a `done` is written last, together with the message that the events fold to.
import type { EndingStatus } from '#shared/run-event.ts'
import type { AgentRun, RunOutcome } from '../upstream/agent-run.ts'
import { NOTHING_LEFT_OUT } from '../runtime/plan-fit.ts'
import { historyUpTo } from '../context/read-items.ts'
import { finishRun } from './finish-run.ts'
import { itemsOfMessage } from './item-store.ts'
import { nameConversation } from './name-conversation.ts'
import { RunOutput } from './run-output.ts'
import type { RunParts } from './run-parts.ts'
import { runStarted } from './run-started.ts'
import type { StartedRun } from './run-parts.ts'

export async function driveRun(
  parts: RunParts,
  started: StartedRun,
  stop: AbortSignal,
): Promise<void> {
  const output = new RunOutput(parts, started)
  await started.after
  if (!started.goesOn) void output.emit(runStarted(started.run))
  if (started.opening !== undefined) void output.emit(started.opening)
  const outcome = await runAgent(parts, started, output, stop)
  // The process ends and the wait does not.
  if (parts.active.ending.aborted && parts.waits.has(started.run.id)) return
  parts.waits.close(started.run.id)
  parts.budgetGuard.forget(started.run.id)
  const status = endingStatus(outcome, parts.active.ending)
  await finishRun(parts, started.run, outcome, status)
  parts.onEnded(started.run.conversationId)
  if (status !== 'completed') return
  nameConversation(parts, started)
  summarize(parts, started.run.conversationId)
}

/** In the background: the next request waits for nothing. */
function summarize({ active, lines, summarize: make }: RunParts, conversationId: string): void {
  if (make === undefined) return
  active.startBackground(() =>
    make(conversationId).catch((error: unknown) => lines.fault(error, 'summary')),
  )
}

async function runAgent(
  parts: RunParts,
  { run, target, settings, timeZone, goesOn }: StartedRun,
  output: RunOutput,
  stop: AbortSignal,
): Promise<RunOutcome> {
  const { active, maxTurns, idleTimeoutMs, answerTimeoutMs = idleTimeoutMs, searchMessages } = parts
  const counting = active.countingOf(run.id)
  const signal = AbortSignal.any([stop, output.broken])
  try {
    // With what this very run has stored, when it goes on.
    const history = await historyUpTo(parts.db, run.messageId)
    output.summarized(history)
    const message = goesOn && parts.log.folded(run.id)?.message
    const items = message && (await itemsOfMessage(parts.db.kysely, run.messageId))
    const spentNanoUsd = message ? await parts.ledger.costOfRun(run.id) : 0
    const agentRun: AgentRun = {
      runId: run.id,
      conversationId: run.conversationId,
      agent: message?.agent ?? run.agent,
      history: history.items,
      leftOut: { ...NOTHING_LEFT_OUT, ...history.snapshot?.leftOut },
      onFit: output.onFit,
      target,
      settings,
      timeZone,
      maxTurns,
      idleTimeoutMs,
      answerTimeoutMs,
      emit: output.emit,
      storeItems: output.storeItems,
      settled: output.settled,
      ledger: output.ledger,
      ...output.agentParts(signal),
      ...(message &&
        items && { resumed: { message, items, events: parts.log.events(run.id), spentNanoUsd } }),
      user: parts.user,
      flags: parts.flags,
      log: (line) => parts.lines.note(line),
      onError: (error, at) => parts.lines.fault(error, at),
      // The question itself is not something that was said before.
      searchMessages: async (query, limit) => {
        const hits = await searchMessages(query, limit + 1, signal)
        return hits.filter(({ messageId }) => messageId !== run.userMessageId).slice(0, limit)
      },
      signal,
      ...(counting && { counting }),
    }
    const outcome = await parts.runAgent(agentRun)
    await output.settled()
    return outcome
  } catch (error) {
    await output.settled().catch(() => {})
    return output.failure(error)
  }
}

/** A run that ends with the process was not stopped by the user. */
function endingStatus({ status }: RunOutcome, ending: AbortSignal): EndingStatus {
  return status === 'stopped' && ending.aborted ? 'interrupted' : status
}
