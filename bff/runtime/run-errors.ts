// What a run that fails says: always an error of the provider, whatever was thrown.
import { ModelBehaviorError } from '@openai/agents'
import { ProviderError } from '../upstream/provider-error.ts'
import type { AgentRun, RunOutcome } from '../upstream/agent-run.ts'
import { endpointOf } from '../upstream/upstream-model.ts'

export function tooManyTurns(allowed: number, { target }: AgentRun): ProviderError {
  return new ProviderError('max_turns', endpointOf(target), { detail: `${allowed}` })
}

export function failed(error: unknown, run: AgentRun): RunOutcome {
  const { code, message, retryable } = providerErrorOf(error, run)
  return { status: 'failed', code, message, retryable }
}

export function providerErrorOf(error: unknown, run: AgentRun): ProviderError {
  if (error instanceof ProviderError) return error
  const at = endpointOf(run.target)
  return new ProviderError(
    error instanceof ModelBehaviorError ? 'malformed_answer' : 'internal',
    at,
  )
}
