// Runs an agent through the SDK, without its sessions and its tracing. Everything a reader sees goes
// out while it happens; what this returns is only how it ended.
import { MaxTurnsExceededError, Runner, type RunStreamEvent } from '@openai/agents'
import { lastUserText, resultText, toolResultItem, userItem } from '../upstream/items.ts'
import { GuardedModel } from '../upstream/guarded-model.ts'
import { ProviderError } from '../upstream/provider-error.ts'
import { fitReporter } from './report-fit.ts'
import type { AgentRun, RunOutcome, RunSink } from '../upstream/agent-run.ts'
import type { Item } from '../upstream/types.ts'
import { endpointOf } from '../upstream/upstream-model.ts'
import { buildGraph, historiesOf } from './agent-graph.ts'
import { checkInput, checkOutput, keepText } from './check-texts.ts'
import type { AgentParts } from './agent-parts.ts'
import { createContext } from './create-context.ts'
import type { AgentDefinition } from './define-agent.ts'
import { GuardrailTripped } from './guardrails.ts'
import { nestedSink } from './nested-sink.ts'
import { goOn, type Left, openNested } from './resume-calls.ts'
import type { RunContext } from './run-context.ts'
import { CountedRun } from './run-counts.ts'
import { RunLimits } from './run-limits.ts'
import { failed, providerErrorOf, tooManyTurns } from './run-errors.ts'
import { Steering } from './steering.ts'
import { asText, readOutput } from './structured-output.ts'
import { ToolRuns } from './tool-runs.ts'
import { t } from '#shared/translate.ts'
import { callKey } from '#shared/call-key.ts'
import type { MessagePart } from '#shared/message.ts'

/** Never rejects. Emits everything but `run`, `usage`, `error` and `done`. */
export async function runAgent(run: AgentRun, parts: AgentParts): Promise<RunOutcome> {
  const definition = parts.findAgent(run.agent)
  const at = endpointOf(run.target)
  if (definition === undefined) {
    return failed(new ProviderError('agent_not_found', at, { detail: run.agent }), run)
  }
  const counted = run.resumed && (await CountedRun.from(run.resumed.events))
  // The ledger also has what no event tells: requests that the end of a process has cut.
  const spentNanoUsd = run.resumed?.spentNanoUsd ?? 0
  const counts = counted && { ...counted.of(), spentNanoUsd }
  const limits = new RunLimits(definition.limits, at, { counts })
  const stop = AbortSignal.any([run.signal, limits.signal])
  const context = createContext(run, parts, limits.over(run.ledger))
  const turns = counts?.turns ?? 0
  const scope: Scope = { run, parts, limits, turns, counted, stop, context, output: run }
  const failure = await begin(definition, scope).then(
    ({ error }) => error,
    (error: unknown) => error,
  )
  limits.end()
  try {
    await run.settled()
  } catch (error) {
    return failed(error, run)
  }
  // Decided once, from our own signal: the SDK reports a stop in several ways.
  if (run.signal.aborted) return { status: 'stopped' }
  if (failure instanceof GuardrailTripped && !limits.signal.aborted) {
    return { status: 'stopped', reason: 'guardrail' }
  }
  const isComplete = (failure ?? null) === null && !limits.signal.aborted
  // A limit that only the final answer has reached ends nothing.
  return isComplete ? { status: 'completed' } : failed(limits.reached ?? failure, run)
}

/** A run, or one of its nested runs. */
interface Scope {
  run: AgentRun
  parts: AgentParts
  limits: RunLimits
  /** Model calls that an earlier process has made in it. */
  turns: number
  counted: CountedRun | undefined
  stop: AbortSignal
  context: RunContext
  output: RunSink
  /** The key of the call that started it, if it is a nested run. */
  parentCallId?: string
}

interface Ended {
  /** The error that made it fail, if any. */
  error: unknown
  /** The final answer. */
  text: string
}

async function begin(definition: AgentDefinition, scope: Scope): Promise<Ended> {
  const { resumed, history } = scope.run
  // Nothing was requested yet of a run that waited for the money of a check.
  if (resumed === undefined || resumed.items.length === 0) {
    await checkInput(definition, lastUserText(history), scope)
  }
  const left = resumed && { items: resumed.items, parts: resumed.message.parts }
  return perform(definition, history, scope, left)
}

async function perform(
  definition: AgentDefinition,
  items: Item[],
  scope: Scope,
  left?: Left,
): Promise<Ended> {
  const { run, parts, limits, stop } = scope
  const { output, text: shownText } = keepText(scope.output, left?.parts ?? [])
  const find = (name: string) => parts.findAgent(name)
  const tools = toolRunsOf(scope, left?.parts ?? [])
  const history = [
    ...items,
    ...(left === undefined
      ? []
      : await goOn(left, { find, settings: run.settings, output, tools })),
  ]
  const histories = await historiesOf(definition, history, find)
  const first = buildGraph(definition, {
    find,
    modelOf: (agent) => modelOf(agent, { ...scope, output }, tools),
    historyOf: (agent) => histories.get(agent.name) ?? [],
    settings: run.settings,
    target: run.target,
    context: scope.context,
    tools,
    // The reader of a nested run sees its call, not its context, and a person speaks to the top run.
    ...(scope.parentCallId === undefined && {
      onFit: fitReporter(run),
      steering: new Steering(run.person.steers, (agent, text) => checkInput(agent, text, scope)),
    }),
  })
  const runner = new Runner({
    tracingDisabled: true,
    traceIncludeSensitiveData: false,
    toolNotFoundBehavior: 'return_error_to_model',
    toolNameCollisionPolicy: 'error',
    toolErrorFormatter: ({ toolName }) => t`There is no tool "${toolName}".`,
  })
  runner.on('agent_handoff', (_, from, to) => {
    void output.emit({ type: 'agent', name: to.name, previous: from.name, by: 'handoff' })
  })
  if (limits.reached !== null) throw limits.reached
  const allowed = definition.limits.turns ?? run.maxTurns
  const maxTurns = allowed - scope.turns
  if (maxTurns <= 0) throw tooManyTurns(allowed, run)
  const result = await runner.run(first, [], { stream: true, signal: stop, maxTurns })
  const completed = result.completed.catch(() => {})
  try {
    for await (const event of result) keepLateResult(event, tools, output)
  } catch {
    // `result.error` has it.
  }
  await completed
  const isOver = !stop.aborted && (result.error === null || result.error === undefined)
  const text = isOver ? asText(result.finalOutput) : ''
  const last = find(result.lastAgent?.name ?? definition.name) ?? definition
  const tripped = await checkOutput(last, shownText(), scope)
  if (tripped !== null) return { error: result.error ?? tripped, text: '' }
  const thrown =
    result.error instanceof MaxTurnsExceededError ? tooManyTurns(allowed, run) : result.error
  const error = await readOutput(last, { error: thrown, text }, run.target, output)
  return { error, text }
}

function modelOf({ name }: AgentDefinition, scope: Scope, tools: ToolRuns): GuardedModel {
  const { run, parts, limits, stop, output, parentCallId } = scope
  return new GuardedModel(parts.createModel(run.target, run.idleTimeoutMs), {
    target: run.target,
    ledger: limits.over(run.ledger),
    runId: run.runId,
    conversationId: run.conversationId,
    parentCallId,
    purpose: 'chat',
    agent: name,
    idleTimeoutMs: run.idleTimeoutMs,
    answerTimeoutMs: run.answerTimeoutMs,
    maxCallMs: parts.maxCallMs,
    firstRetryMs: parts.firstRetryMs,
    streamed: true,
    fallbacks: parts.fallbacksOf(run.target),
    sink: {
      emit: output.emit,
      storeItems: output.storeItems,
      onToolReady: (callId, toolName) => tools.announce(callId, { agent: name, name: toolName }),
    },
    stop,
    counting: run.counting,
  })
}

function toolRunsOf(scope: Scope, left: readonly MessagePart[]): ToolRuns {
  const { run, parts, limits, stop, context, output, parentCallId } = scope
  const open = openNested(left)
  // A later call may have the same id.
  const leftIn = (callId: string) => {
    const found = open.get(callId)
    open.delete(callId)
    return found
  }
  return new ToolRuns({
    output,
    stop,
    context,
    person: run.person,
    limits,
    parentCallId,
    keepFiles: parts.keepFiles,
    storeOutput: run.storeOutput,
    onError: run.onError,
    runAgent: (name, input, callId) => runNested(name, input, callId, scope, leftIn(callId)),
  })
}

/** An agent as a tool: it sees its own input and nothing of the conversation. */
async function runNested(
  name: string,
  input: string,
  callId: string,
  scope: Scope,
  left: readonly MessagePart[] = [],
): Promise<string> {
  const { run, parts } = scope
  const definition = parts.findAgent(name)
  if (definition === undefined) throw new Error(`There is no agent "${name}".`)
  const parentCallId = callKey(callId, scope.parentCallId)
  const output = nestedSink(run, run.nested, parentCallId)
  const known = left.length > 0 ? await run.nested.read(parentCallId) : []
  const question = userItem(input)
  if (known.length === 0) {
    await output.storeItems([question])
    await checkInput(definition, input, { ...scope, output, parentCallId })
  }
  const counts = known.length > 0 ? scope.counted?.of(parentCallId) : undefined
  const at = endpointOf(run.target)
  const limits = new RunLimits(definition.limits, at, { counts, outer: scope.limits })
  const stop = AbortSignal.any([scope.stop, limits.signal])
  const turns = counts?.turns ?? 0
  const nested = { ...scope, output, limits, turns, stop, parentCallId }
  const items = known.length === 0 ? [question] : known
  const ended = await perform(definition, items, nested, { items: known, parts: left }).finally(
    () => limits.end(),
  )
  if (limits.signal.aborted && limits.reached !== null) throw limits.reached
  if (ended.error instanceof GuardrailTripped) throw ended.error
  if ((ended.error ?? null) !== null) throw providerErrorOf(ended.error, run)
  return ended.text
}

/** Results of calls that never reached a tool of ours: unknown tools, unreadable arguments, handoffs. */
function keepLateResult(event: RunStreamEvent, tools: ToolRuns, output: RunSink): void {
  if (event.type !== 'run_item_stream_event') return
  const { rawItem } = event.item
  if (rawItem?.type !== 'function_call_result') return
  const { callId, name } = rawItem
  const text = resultText(rawItem.output)
  if (event.name === 'tool_output') tools.refuse({ callId, name }, text)
  if (event.name === 'handoff_occurred') {
    void output.storeItems([toolResultItem(callId, name, text)])
  }
}
