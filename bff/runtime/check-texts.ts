// The guardrails around a run: on its message before the first request, and on what its answer says
// before it ends. The SDK's own see neither, because the history goes past it.
import type { Message, MessagePart } from '#shared/message.ts'
import { messageText } from '#shared/message-text.ts'
import type { AgentRun, NewEvent, RunSink } from '../upstream/agent-run.ts'
import type { AgentParts } from './agent-parts.ts'
import type { AgentDefinition } from './define-agent.ts'
import { GuardrailTripped, runGuardrails } from './guardrails.ts'
import { NO_RUN, type RunContext } from './run-context.ts'

interface CheckedRun {
  run: { person: Pick<AgentRun['person'], 'isLeaving'> }
  parts: Pick<AgentParts, 'guardrails'>
  context: RunContext
  output: RunSink
  /** Set in a nested run, whose input a model wrote. */
  parentCallId?: string
}

/** Throws GuardrailTripped. */
export async function checkInput(
  { inputGuardrails = [] }: AgentDefinition,
  text: string,
  { parts, context, output, parentCallId }: CheckedRun,
): Promise<void> {
  const general = parentCallId === undefined ? parts.guardrails.input : []
  const checks = [...general, ...inputGuardrails]
  const verdict = await runGuardrails(checks, text, context, output.emit, { stage: 'input' })
  if (verdict !== null) throw new GuardrailTripped(verdict)
}

/** A stopped answer is checked, too, because its text stays. */
const MAX_OUTPUT_CHECK_MS = 30_000

/** Returns the error of the guardrail that withholds the answer, if one trips. */
export async function checkOutput(
  { outputGuardrails = [] }: Pick<AgentDefinition, 'outputGuardrails'>,
  text: string,
  { run, parts, context, output }: CheckedRun,
): Promise<GuardrailTripped | null> {
  const checks = [...parts.guardrails.output, ...outputGuardrails]
  if (checks.length === 0 || text.trim() === '' || run.person.isLeaving()) return null
  // A guardrail that trips replaces what is stored.
  await output.settled()
  const checking = { ...context, signal: AbortSignal.timeout(MAX_OUTPUT_CHECK_MS) }
  const verdict = await runGuardrails(checks, text, checking, output.emit, { stage: 'output' })
  return verdict && new GuardrailTripped(verdict)
}

/** Checks the rest of an answer of an earlier process that is not continued. */
export async function checkLeftAnswer(
  message: Message,
  output: RunSink,
  parts: Pick<AgentParts, 'findAgent' | 'guardrails' | 'stores'>,
  given: Pick<RunContext, 'user' | 'flags'>,
): Promise<void> {
  const agent = parts.findAgent(message.agent ?? '') ?? {}
  const { stores } = parts
  const { conversationId, runId } = message
  const context = { ...NO_RUN, ...given, stores, conversationId, runId: runId ?? '' }
  const run = { person: { isLeaving: () => false } }
  await checkOutput(agent, messageText(message), { run, parts, context, output })
}

/** Wraps an output so that it also collects the text of the answer. */
export function keepText(
  output: RunSink,
  before: readonly MessagePart[],
): { output: RunSink; text: () => string } {
  const pieces = [messageText({ parts: [...before] })]
  const emit = (event: NewEvent) => {
    if (event.type === 'token') pieces.push(event.delta)
    return output.emit(event)
  }
  return { output: { ...output, emit }, text: () => pieces.join('') }
}
