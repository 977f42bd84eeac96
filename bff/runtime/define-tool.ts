// A tool is a name, a description for the model, zod parameters and a function. Made once; what a
// run brings (time zone, search, stop) comes in with each call.
import { tool, type RunContext, type Tool } from '@openai/agents'
import { z } from 'zod'
import { areUnreadable } from '../upstream/sendable-call.ts'
import type { AgentRun } from '../upstream/types.ts'
import type { CalledTool, ToolRuns } from './tool-runs.ts'

/** The parts of the run that a tool can use. */
export interface ToolContext {
  /** IANA name of the user's time zone. */
  timeZone: string
  searchMessages: AgentRun['searchMessages']
  /** Aborted when the run is stopped or the tool takes too long. */
  signal: AbortSignal
}

export interface RunScope extends Omit<ToolContext, 'signal'> {
  tools: ToolRuns
}

export type AgentTool = Tool<RunScope>

export interface ToolSpec<Parameters extends z.ZodObject> {
  name: string
  description: string
  parameters: Parameters
  timeoutMs?: number
  /** A thrown error is shown on the card and told to the model, and the run goes on. */
  execute(input: z.infer<Parameters>, context: ToolContext): unknown
}

export function defineTool<Parameters extends z.ZodObject>(spec: ToolSpec<Parameters>): AgentTool {
  return tool({
    name: spec.name,
    description: spec.description,
    parameters: strictSchema(spec),
    errorFunction: (_, error) => (error instanceof Error ? error.message : String(error)),
    execute: async (
      input: unknown,
      run?: RunContext<RunScope>,
      details?: { toolCall?: CalledTool },
    ) => {
      const scope = run?.context
      const callId = details?.toolCall?.callId
      if (scope === undefined || callId === undefined) throw new Error('There is no run.')
      const call = { callId, name: spec.name }
      if (areUnreadable(input)) {
        return scope.tools.refuse(call, 'The arguments are not valid JSON. Send one JSON object.')
      }
      const parsed = spec.parameters.safeParse(withNulls(input, spec.parameters))
      if (!parsed.success) return scope.tools.refuse(call, invalid(parsed.error))
      return scope.tools.perform(call, spec.timeoutMs ?? 60_000, (signal) =>
        spec.execute(parsed.data, { ...scope, signal }),
      )
    },
  })
}

/** The schema asks for every property, and yet many models leave out what may be null. */
function withNulls(input: unknown, { shape }: z.ZodObject): unknown {
  if (typeof input !== 'object' || input === null) return input
  const missing = Object.keys(shape).filter(
    (key) => !(key in input) && z.safeParse(shape[key] ?? z.never(), null).success,
  )
  return { ...input, ...Object.fromEntries(missing.map((key) => [key, null])) }
}

/** Strict mode wants every property required; what may be missing is nullable instead. */
function strictSchema({ name, parameters }: Pick<ToolSpec<z.ZodObject>, 'name' | 'parameters'>) {
  const { properties = {}, required = [] } = z.toJSONSchema(parameters, { io: 'input' })
  const missing = Object.keys(properties).filter((key) => !required.includes(key))
  if (missing.length > 0) {
    throw new Error(`Tool ${name}: make ${missing.join(', ')} nullable instead of optional.`)
  }
  return { type: 'object', properties, required, additionalProperties: false } as const
}

function invalid(error: z.ZodError): string {
  return `The arguments are not valid.\n${z.prettifyError(error)}`
}
