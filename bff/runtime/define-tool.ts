// A tool is a name, a description for the model, zod parameters and a function. Made once; what a
// run brings (user, stores, stop) comes in with each call.
import type { JsonSchemaDefinition } from '@openai/agents'
import { z } from 'zod'
import type { QuestionRequest } from '#shared/waits.ts'
import { areUnreadable } from '../upstream/sendable-call.ts'
import type { RunContext, ToolContext } from './run-context.ts'
import type { ToolGuardrails } from './guardrails.ts'
import { t } from '#shared/translate.ts'

export type Question = Pick<QuestionRequest, 'question' | 'options' | 'freeText' | 'schema'>

/** A string is the reason that the person reads. */
type Asks = boolean | string

export interface ToolSpec<Parameters extends z.ZodObject, Output = unknown> extends ToolGuardrails {
  name: string
  description: string
  parameters: Parameters
  /** A minute by default. Null: as long as it takes. */
  timeoutMs?: number | null
  /** How many calls of it one run executes at once. */
  maxConcurrent?: number
  /** It changes nothing, so a person may allow it for a whole conversation. */
  isReadOnly?: boolean
  /** Whether a person is asked first. A function decides by the arguments; it must not change anything. */
  needsApproval?:
    | boolean
    | ((input: z.infer<Parameters>, context: RunContext) => Asks | Promise<Asks>)
  /** What the call will do, for the card that asks and while it runs: "Refund $89.00 to order 1042". */
  pendingLabel?(input: z.infer<Parameters>): string
  /** What the call did, for its card: "Looked up the time · Europe/Oslo". */
  label?(input: z.infer<Parameters>, output: Output): string
  /** The agent that it runs, for the agent's card. */
  agent?: string
  /** A thrown `ToolError` is shown on the card and told to the model, and the run goes on. */
  execute(input: z.infer<Parameters>, context: ToolContext): Output | Promise<Output>
}

/** A call whose arguments are valid. */
export interface PreparedCall {
  input: unknown
  /** What it will do, in the tool's own words. */
  pendingLabel?: string | undefined
  /** Null if the user is not asked. */
  approval(context: RunContext): Promise<{ reason?: string } | null>
  /** A question to the person, whose answer is the result. Null: the tool itself is executed. */
  question: Question | null
  execute(context: ToolContext): Promise<{ output: unknown; label?: string | undefined }>
}

export interface AgentTool extends ToolGuardrails {
  name: string
  description: string
  /** JSON schema in strict form. */
  parameters: StrictSchema
  timeoutMs: number | null
  maxConcurrent: number
  isReadOnly: boolean
  approval: 'never' | 'sometimes' | 'always'
  agent?: string
  /** A string says what is wrong with the arguments. */
  prepare(input: unknown): PreparedCall | string
}

const TIMEOUT_MS = 60_000

export function defineTool<Parameters extends z.ZodObject, Output>(
  spec: ToolSpec<Parameters, Output>,
): AgentTool {
  const { needsApproval = false } = spec
  return {
    ...described(spec),
    approval: needsApproval === false ? 'never' : needsApproval === true ? 'always' : 'sometimes',
    prepare: reading(spec.parameters, (input) => ({
      input,
      pendingLabel: labelFrom(() => spec.pendingLabel?.(input)),
      question: null,
      approval: async (context) => {
        const asks =
          typeof needsApproval === 'function' ? await needsApproval(input, context) : needsApproval
        if (asks === false) return null
        return typeof asks === 'string' ? { reason: asks } : {}
      },
      execute: async (context) => {
        const output = await spec.execute(input, context)
        return { output, label: labelFrom(() => spec.label?.(input, output)) }
      },
    })),
  }
}

const MAX_LABEL_CHARS = 300

/** One line, also where arguments of the model are in it. A call that took effect never fails by its label. */
function labelFrom(make: () => string | undefined): string | undefined {
  try {
    const line = make()?.replaceAll(/\s+/g, ' ').trim()
    if (line === undefined || line.length <= MAX_LABEL_CHARS) return line
    return `${line.slice(0, MAX_LABEL_CHARS - 1)}…`
  } catch {
    return undefined
  }
}

export interface QuestionToolSpec<Parameters extends z.ZodObject> {
  name: string
  description: string
  parameters: Parameters
  question(input: z.infer<Parameters>): Question
}

/** A tool whose result is what a person answers. */
export function defineQuestionTool<Parameters extends z.ZodObject>(
  spec: QuestionToolSpec<Parameters>,
): AgentTool {
  return {
    ...described(spec),
    approval: 'never',
    prepare: reading(spec.parameters, (input) => ({
      input,
      question: spec.question(input),
      approval: () => Promise.resolve(null),
      execute: () => Promise.resolve({ output: null }),
    })),
  }
}

type Described = Pick<ToolSpec<z.ZodObject>, 'name' | 'description' | 'parameters'> &
  Partial<
    Pick<
      ToolSpec<z.ZodObject>,
      'timeoutMs' | 'maxConcurrent' | 'isReadOnly' | 'agent' | keyof ToolGuardrails
    >
  >

function described(spec: Described): Omit<AgentTool, 'prepare' | 'approval'> {
  const { timeoutMs = TIMEOUT_MS, maxConcurrent = Number.POSITIVE_INFINITY } = spec
  const { inputGuardrails, outputGuardrails, agent } = spec
  return {
    name: spec.name,
    description: spec.description,
    parameters: strictSchema(spec.name, spec.parameters),
    timeoutMs,
    maxConcurrent,
    isReadOnly: spec.isReadOnly ?? false,
    ...(agent !== undefined && { agent }),
    ...(inputGuardrails && { inputGuardrails }),
    ...(outputGuardrails && { outputGuardrails }),
  }
}

function reading<Parameters extends z.ZodObject>(
  parameters: Parameters,
  prepared: (input: z.infer<Parameters>) => PreparedCall,
): AgentTool['prepare'] {
  return (input) => {
    if (areUnreadable(input)) return t`The arguments are not valid JSON. Send one JSON object.`
    const parsed = parameters.safeParse(withNulls(input, parameters))
    return parsed.success
      ? prepared(parsed.data)
      : `${t`The arguments are not valid.`}\n${z.prettifyError(parsed.error)}`
  }
}

/** The schema asks for every property, and yet many models leave out what may be null. */
function withNulls(input: unknown, { shape }: z.ZodObject): unknown {
  if (typeof input !== 'object' || input === null) return input
  const missing = Object.keys(shape).filter(
    (key) => !(key in input) && z.safeParse(shape[key] ?? z.never(), null).success,
  )
  return { ...input, ...Object.fromEntries(missing.map((key) => [key, null])) }
}

export interface StrictSchema {
  type: 'object'
  properties: JsonSchemaDefinition['schema']['properties']
  required: string[]
  additionalProperties: false
}

/** Strict mode wants every property required; what may be missing is nullable instead. */
export function strictSchema(name: string, parameters: z.ZodObject): StrictSchema {
  const { properties = {}, required = [] } = z.toJSONSchema(parameters, {
    io: 'input',
    override: ({ jsonSchema }) => close(name, jsonSchema),
  })
  return { type: 'object', properties: Object(properties), required, additionalProperties: false }
}

/** Also the objects inside. */
function close(name: string, schema: z.core.JSONSchema.BaseSchema): void {
  if (schema.properties === undefined) return
  schema.additionalProperties = false
  const { properties, required = [] } = schema
  const missing = Object.keys(properties).filter((key) => !required.includes(key))
  if (missing.length > 0) {
    throw new Error(`${name}: make ${missing.join(', ')} nullable instead of optional.`)
  }
}
