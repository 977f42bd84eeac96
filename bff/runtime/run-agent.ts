// Runs an agent once, through the SDK, without its sessions and its tracing. Everything a reader
// sees goes out while it happens; what this returns is only how it ended.
import {
  MaxTurnsExceededError,
  ModelBehaviorError,
  Runner,
  type RunStreamEvent,
} from '@openai/agents'
import type { AgentParts } from './agent-parts.ts'
import { buildAgent } from './build-agent.ts'
import type { RunScope } from './define-tool.ts'
import { ProviderError } from '../upstream/provider-error.ts'
import { modelInput } from './history.ts'
import { resultText, toolResultItem } from '../upstream/items.ts'
import { fitReporter } from './report-fit.ts'
import { ToolRuns } from './tool-runs.ts'
import type { AgentRun, RunOutcome } from '../upstream/types.ts'
import { endpointOf } from '../upstream/upstream-model.ts'

/** Never rejects. Emits everything but `run`, `usage`, `error` and `done`. */
export async function runAgent(run: AgentRun, parts: AgentParts): Promise<RunOutcome> {
  const failure = await perform(run, parts).catch((error: unknown) => error)
  try {
    await run.settled()
  } catch (error) {
    return failed(error, run)
  }
  // Decided once, from our own signal: the SDK reports a stop in several ways.
  if (run.signal.aborted) return { status: 'stopped' }
  return failure === null || failure === undefined ? { status: 'completed' } : failed(failure, run)
}

/** The error that made the run fail, if any. */
async function perform(run: AgentRun, parts: AgentParts): Promise<unknown> {
  const definition = parts.findAgent(run.agent)
  if (definition === undefined) {
    return new ProviderError('agent_not_found', endpointOf(run.target), { detail: run.agent })
  }
  const stop = run.signal
  const history = await modelInput(run.history)
  const tools = new ToolRuns(run, stop)
  const runner = new Runner({
    tracingDisabled: true,
    traceIncludeSensitiveData: false,
    toolNotFoundBehavior: 'return_error_to_model',
    toolErrorFormatter: ({ toolName }) => `There is no tool "${toolName}".`,
  })
  runner.on('agent_handoff', (_, from, to) => {
    void run.emit({ type: 'agent', name: to.name, previous: from.name })
  })
  const result = await runner.run(
    // The history is put in front of each request of its models.
    buildAgent(definition, run, parts, history, { tools, stop, onFit: fitReporter(run) }),
    [],
    { stream: true, signal: stop, context: scopeOf(run, tools), maxTurns: run.maxTurns },
  )
  const completed = result.completed.catch(() => {})
  try {
    for await (const event of result) keepLateResult(event, tools, run)
  } catch {
    // `result.error` has it.
  }
  await completed
  return result.error
}

function scopeOf(run: AgentRun, tools: ToolRuns): RunScope {
  return {
    timeZone: run.timeZone,
    searchMessages: (query, limit) => run.searchMessages(query, limit),
    tools,
  }
}

/** Results of calls that never reached a tool of ours: unknown tools, unreadable arguments, handoffs. */
function keepLateResult(event: RunStreamEvent, tools: ToolRuns, run: AgentRun): void {
  if (event.type !== 'run_item_stream_event') return
  const { rawItem } = event.item
  if (rawItem?.type !== 'function_call_result') return
  const { callId, name } = rawItem
  const text = resultText(rawItem.output)
  if (event.name === 'tool_output') tools.refuse({ callId, name }, text)
  if (event.name === 'handoff_occurred') void run.storeItems([toolResultItem(callId, name, text)])
}

function failed(error: unknown, run: AgentRun): RunOutcome {
  const providerError = error instanceof ProviderError ? error : providerErrorOf(error, run)
  const { code, message, retryable } = providerError
  return { status: 'failed', code, message, retryable }
}

function providerErrorOf(error: unknown, run: AgentRun): ProviderError {
  const at = endpointOf(run.target)
  if (error instanceof MaxTurnsExceededError)
    return new ProviderError('max_turns', at, { detail: `${run.maxTurns}` })
  return new ProviderError(
    error instanceof ModelBehaviorError ? 'malformed_answer' : 'internal',
    at,
  )
}
