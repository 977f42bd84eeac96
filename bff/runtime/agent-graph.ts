// The SDK's agents of one run: all that the first one can hand over to, built once by name and then
// linked, so that a conversation can go to a specialist and back. Agents are made per run because
// their models are.
import {
  Agent,
  type AgentInputItem,
  type JsonSchemaDefinition,
  type Model,
  type Tool,
  tool as sdkTool,
} from '@openai/agents'
import { z } from 'zod'
import type { ConversationSettings } from '#shared/api.ts'
import type { Item, ModelTarget } from '../upstream/types.ts'
import { resultTexts } from '../upstream/tool-files.ts'
import { agentTexts, toolsOf } from './agent-texts.ts'
import type { AgentDefinition } from './define-agent.ts'
import { type AgentTool, strictSchema } from './define-tool.ts'
import { fitAfter, type FitRules, type Fitted } from './fit-history.ts'
import { modelInput } from './history.ts'
import { modelSettings } from './model-settings.ts'
import { afterHistory } from './prepend-history.ts'
import type { RunContext } from './run-context.ts'
import { failedBy, type Told } from './tool-result.ts'
import type { Steering } from './steering.ts'
import type { ToolRuns } from './tool-runs.ts'

export interface GraphParts {
  find: (name: string) => AgentDefinition | undefined
  modelOf: (agent: AgentDefinition) => Model
  /** What was said before, as this agent sees it. */
  historyOf: (agent: AgentDefinition) => AgentInputItem[]
  settings: ConversationSettings
  target: ModelTarget
  context: RunContext
  /** Learns what each request leaves out. */
  onFit?: (fitted: Fitted) => void
  /** Absent if the user cannot send messages to this run. */
  steering?: Steering
  /** Absent if no tool will be called. */
  tools?: ToolRuns
}

export function buildGraph(first: AgentDefinition, parts: GraphParts): Agent<unknown, AnyOutput> {
  const built = new Map<string, Agent<unknown, AnyOutput>>()
  const start = build(first, parts)
  built.set(first.name, start)
  const open = [first]
  for (const definition of open) {
    const agent = built.get(definition.name)
    for (const name of definition.handoffs) {
      const next = parts.find(name)
      if (next === undefined) throw new Error(`There is no agent "${name}".`)
      const known = built.get(name) ?? build(next, parts)
      if (!built.has(name)) open.push(next)
      built.set(name, known)
      agent?.handoffs.push(known)
    }
  }
  return start
}

/** Agents of every output type stand in one graph. */
type AnyOutput = 'text' | JsonSchemaDefinition

function build(definition: AgentDefinition, parts: GraphParts): Agent<unknown, AnyOutput> {
  const { settings, target, context } = parts
  const { output } = definition
  const outputType = output === undefined ? 'text' : jsonShape(output, target)
  return new Agent<unknown, AnyOutput>({
    name: definition.name,
    instructions: instructionsOf(definition, settings, context, target),
    model: afterHistory(
      parts.modelOf(definition),
      fitAfter(parts.historyOf(definition), fitRules(definition, parts)),
      { onFit: parts.onFit, steer: parts.steering?.of(definition) },
    ),
    modelSettings: modelSettings(settings, target),
    tools: toolsOf(definition, settings).map((tool) => toSdkTool(tool, definition, parts.tools)),
    handoffs: [],
    handoffDescription: definition.description,
    outputType,
  })
}

/** The rules by which a history is fitted to the model of an agent. */
function fitRules(definition: AgentDefinition, { settings, target, find }: GraphParts): FitRules {
  const { instructions, tools } = agentTexts(definition, find, settings)
  return {
    window: target.contextWindow ?? null,
    outputLimit: settings.maxOutputTokens ?? null,
    fixed: [instructions, settings.instructions ?? '', ...tools.map(({ text }) => text)],
  }
}

export function instructionsOf(
  { instructions: own, output }: AgentDefinition,
  { instructions = '' }: ConversationSettings,
  context: RunContext,
  target: Pick<ModelTarget, 'takesJsonShape'>,
): string {
  const prompt = typeof own === 'string' ? own : own(context)
  const shape =
    output !== undefined && target.takesJsonShape === false
      ? `Answer with nothing but JSON of this schema: ${JSON.stringify(z.toJSONSchema(output.schema))}`
      : ''
  return [prompt, instructions, shape].join('\n\n').trim()
}

function jsonShape(
  { name, schema }: NonNullable<AgentDefinition['output']>,
  { takesJsonShape }: ModelTarget,
): AnyOutput {
  if (takesJsonShape === false) return 'text'
  const { properties, required } = strictSchema(name, schema)
  return {
    type: 'json_schema',
    name,
    strict: true,
    schema: { type: 'object', properties, required, additionalProperties: false },
  }
}

function toSdkTool(
  tool: AgentTool,
  { toolGuardrails }: AgentDefinition,
  tools: ToolRuns | undefined,
): Tool {
  const { name, description, parameters } = tool
  return sdkTool({
    name,
    description,
    parameters,
    errorFunction: (_, error) => failedBy(error).text,
    execute: async (input: unknown, _, details) => {
      const { toolCall } = details ?? {}
      if (tools === undefined || toolCall === undefined) throw new Error('There is no run.')
      const call = { callId: toolCall.callId, name, arguments: toolCall.arguments }
      return asSdkOutput(await tools.perform(tool, call, input, toolGuardrails))
    },
  })
}

/** The SDK turns its own parts into those of an item. */
function asSdkOutput({ text, files }: Told) {
  const words = resultTexts(files)
  if (words.length === files.length) return [text, ...words].join('\n')
  const said = { type: 'text', text } as const
  const parts = files.map((part) => {
    if (part.type === 'input_text') return { type: 'text', text: part.text } as const
    if (part.type === 'input_image') return { type: 'image', image: part.image } as const
    return { type: 'file', file: { url: part.file, filename: part.filename } } as const
  })
  return [said, ...parts]
}

/** What each agent of the graph sees of what was said. */
export async function historiesOf(
  first: AgentDefinition,
  items: Item[],
  find: (name: string) => AgentDefinition | undefined,
): Promise<Map<string, AgentInputItem[]>> {
  const histories = new Map<string, AgentInputItem[]>()
  const whole = await modelInput(items)
  const open = [first]
  for (const { name, handoffs, history } of open) {
    histories.set(name, history === undefined ? whole : await modelInput(history(items)))
    const next = handoffs.flatMap((to) => find(to) ?? [])
    open.push(...next.filter((agent) => !histories.has(agent.name) && !open.includes(agent)))
  }
  return histories
}
