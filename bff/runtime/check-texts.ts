// The guardrails around a run: on its message before the first request, and on what its answer says
// before it ends. The SDK's own see neither, because the history goes past it.
import type { MessagePart } from '#shared/message.ts'
import { messageText } from '#shared/message-text.ts'
import type { AgentRun, NewEvent, RunSink } from '../upstream/types.ts'
import type { AgentParts } from './agent-parts.ts'
import type { AgentDefinition } from './define-agent.ts'
import { GuardrailTripped, runGuardrails } from './guardrails.ts'
import type { RunContext } from './run-context.ts'

interface CheckedRun {
  run: Pick<AgentRun, 'person'>
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

/** Returns the trip that takes the answer back. */
export async function checkOutput(
  { outputGuardrails = [] }: AgentDefinition,
  text: string,
  { run, parts, context, output }: CheckedRun,
): Promise<GuardrailTripped | null> {
  const checks = [...parts.guardrails.output, ...outputGuardrails]
  if (checks.length === 0 || text.trim() === '' || run.person.isLeaving()) return null
  // A trip replaces what is stored.
  await output.settled()
  const checking = { ...context, signal: AbortSignal.timeout(MAX_OUTPUT_CHECK_MS) }
  const verdict = await runGuardrails(checks, text, checking, output.emit, { stage: 'output' })
  return verdict && new GuardrailTripped(verdict)
}

/** An output that also keeps what the answer says. */
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
