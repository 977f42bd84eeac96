// The final answer of an agent with an output schema: an object that readers get as such, or a named
// failure that leaves the text as it came.
import { ModelBehaviorError } from '@openai/agents'
import { z } from 'zod'
import { ProviderError } from '../upstream/provider-error.ts'
import type { ModelTarget, RunSink } from '../upstream/types.ts'
import { endpointOf } from '../upstream/upstream-model.ts'
import type { AgentDefinition } from './define-agent.ts'

interface FinalAnswer {
  /** The error that the run ended with, if any. */
  error: unknown
  text: string
}

/** Returns the error that the run ends with. */
export async function readOutput(
  { output }: AgentDefinition,
  { error, text }: FinalAnswer,
  target: ModelTarget,
  { emit }: RunSink,
): Promise<unknown> {
  if (output === undefined) return error
  // The SDK reads the answer, too, and does not say more than that it could not.
  if (error instanceof ModelBehaviorError) return mismatch(target, 'It is not JSON.')
  if (error !== null && error !== undefined) return error
  const value = jsonIn(text)
  if (value === undefined) return mismatch(target, 'It is not JSON.')
  const read = output.schema.safeParse(value)
  if (!read.success) return mismatch(target, z.prettifyError(read.error))
  await emit({ type: 'output', schema: output.name, value: read.data })
  return null
}

function mismatch(target: ModelTarget, why: string): ProviderError {
  const detail = ` ${why.replaceAll(/\s*\n\s*/g, ' ').slice(0, 300)}`
  return new ProviderError('output_mismatch', endpointOf(target), { detail })
}

/** Models without a JSON mode put it into a code block. */
function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text.slice(text.indexOf('{'), text.lastIndexOf('}') + 1))
  } catch {
    return undefined
  }
}
