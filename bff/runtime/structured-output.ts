// The final answer of an agent with an output schema: an object that readers get as such, or a named
// failure that leaves the text as it came.
import { ModelBehaviorError } from '@openai/agents'
import type { z } from 'zod'
import { t } from '#shared/translate.ts'
import { ProviderError } from '../upstream/provider-error.ts'
import type { RunSink } from '../upstream/agent-run.ts'
import type { ModelTarget } from '../upstream/types.ts'
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
  if (error instanceof ModelBehaviorError) return mismatch(target, t`It is not JSON.`)
  if (error !== null && error !== undefined) return error
  const value = jsonIn(text)
  if (value === undefined) return mismatch(target, t`It is not JSON.`)
  const read = output.schema.safeParse(value)
  if (!read.success) return mismatch(target, unfitFields(read.error))
  await emit({ type: 'output', schema: output.name, value: read.data })
  return null
}

const MAX_FIELDS = 5

/** Example: "These fields are missing or of another type: city, celsius.now." */
function unfitFields({ issues }: z.ZodError): string {
  const fields = [...new Set(issues.map(({ path }) => path.join('.')))]
  const named = fields.slice(0, MAX_FIELDS).join(', ').slice(0, 200)
  if (named === '') return t`It is not an object.`
  const more = fields.length - MAX_FIELDS
  return more > 0
    ? t`These fields are missing or of another type: ${named} and ${more} more.`
    : t`These fields are missing or of another type: ${named}.`
}

function mismatch(target: ModelTarget, detail: string): ProviderError {
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

/** The final output of a run as the SDK returns it. */
export function asText(value: unknown): string {
  if (value === undefined || value === null) return ''
  return typeof value === 'string' ? value : JSON.stringify(value)
}
