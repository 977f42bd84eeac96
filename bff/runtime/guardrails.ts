// A guardrail is a named check. It returns the reason why it trips, or null to let a text pass. It must not change
// anything. If it throws, it trips: what cannot be checked does not pass.
import { t } from '#shared/translate.ts'
import type { RunSink } from '../upstream/agent-run.ts'
import type { RunContext } from './run-context.ts'

export interface Guardrail<Checked> {
  /** A few words for the user: "Blocked by <name>". */
  name: string
  check: (checked: Checked, context: RunContext) => string | null | Promise<string | null>
}

export interface CheckedCall {
  name: string
  /** The arguments, as the tool's schema has read them. */
  input: unknown
}

export interface ToolGuardrails {
  /** Checked before the user is asked and before the tool runs. The model is told if one trips. */
  inputGuardrails?: Guardrail<CheckedCall>[]
  /** Checks what the model would be told. If one trips, its reason replaces the result. */
  outputGuardrails?: Guardrail<CheckedCall & { output: string }>[]
}

/** Those of every agent, before its own. */
export interface GeneralGuardrails {
  input: Guardrail<string>[]
  output: Guardrail<string>[]
}

export const NO_GUARDRAILS: GeneralGuardrails = { input: [], output: [] }

export interface Verdict {
  name: string
  reason: string
}

/** Ends a run: the message is not sent, or the answer is taken back. */
export class GuardrailTripped extends Error {
  readonly verdict: Verdict

  constructor(verdict: Verdict) {
    super(t`Blocked by ${verdict.name}: ${verdict.reason}`)
    this.verdict = verdict
  }
}

type Stage = 'input' | 'output' | 'tool_input' | 'tool_output'

/** Runs the guardrails in their order, up to the first that trips. Each leaves an event. */
export async function runGuardrails<Checked>(
  guardrails: readonly Guardrail<Checked>[],
  checked: Checked,
  context: RunContext,
  emit: RunSink['emit'],
  at: { stage: Stage; callId?: string },
): Promise<Verdict | null> {
  for (const guardrail of guardrails) {
    const { name } = guardrail
    const startedAt = performance.now()
    const reason = await tripReason(async () => guardrail.check(checked, context), context.signal)
    // A message that is stopped while it is checked is not blocked.
    if (at.stage === 'input') context.signal.throwIfAborted()
    const durationMs = Math.round(performance.now() - startedAt)
    const tripped = reason !== null
    const event = { type: 'guardrail', name, ...at, tripped, durationMs } as const
    void emit({ ...event, ...(tripped && { reason }) })
    if (tripped) return { name, reason }
  }
  return null
}

/** What cannot be checked is not let through. */
async function tripReason(
  check: () => Promise<string | null>,
  signal: AbortSignal,
): Promise<string | null> {
  try {
    return await Promise.race([check(), aborted(signal)])
  } catch {
    return t`It could not be checked.`
  }
}

/** Rejects when the signal aborts. */
export function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    if (signal.aborted) reject(new Error('aborted'))
    signal.addEventListener('abort', () => reject(new Error('aborted')), { once: true })
  })
}
