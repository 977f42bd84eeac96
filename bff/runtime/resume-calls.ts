// The tool calls that stood still when an earlier process ended. They are executed, or told to be
// lost, and stored before the first request: a model never hears of a call without its result.
import type { Message, MessagePart, ToolCallPart } from '#shared/message.ts'
import { textAt } from '../upstream/record.ts'
import { toolResultItem } from '../upstream/items.ts'
import type { RunSink } from '../upstream/agent-run.ts'
import type { Item } from '../upstream/types.ts'
import type { FindAgent } from './agent-choices.ts'
import { toolsOf } from './agent-texts.ts'
import type { Told } from './tool-result.ts'
import type { ToolRuns } from './tool-runs.ts'
import type { ConversationSettings } from '#shared/api.ts'
import { t } from '#shared/translate.ts'

/** What an earlier process has left of a run. */
export interface Left {
  items: Item[]
  parts: readonly MessagePart[]
}

interface Resume {
  find: FindAgent
  settings: ConversationSettings
  output: RunSink
  tools: ToolRuns
}

/** Executes the open calls at once, and returns their results. */
export async function goOn({ items, parts }: Left, resume: Resume): Promise<Item[]> {
  const open = openCalls(items, parts)
  // Two calls of one id are one card and one decision: the second is not executed.
  const calls = open.filter(
    ({ part }, index) => open.findIndex((each) => each.part === part) === index,
  )
  const results = await Promise.all(calls.map((call) => goOnWith(call, resume)))
  await resume.output.settled()
  return calls.map(({ callId, name }, index) => {
    const { text = '', files = [] } = results[index] ?? {}
    return toolResultItem(callId, name, text, files)
  })
}

async function goOnWith(call: OpenCall, { find, settings, tools }: Resume): Promise<Told> {
  const { callId, name, part } = call
  tools.announce(callId, { agent: part.agent, name: part.name })
  const definition = find(part.agent)
  const tool = definition && toolsOf(definition, settings).find((each) => each.name === name)
  if (definition === undefined || tool === undefined) {
    return tools.refuse(call, t`There is no tool "${name}".`)
  }
  if (part.status === 'running' && tool.agent === undefined) return tools.lost(call)
  const resumed = { callId, name, arguments: call.arguments, resumes: waitOf(part) ?? '' }
  return tools.perform(tool, resumed, parsed(call.arguments), definition.toolGuardrails)
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json)
  } catch {
    return null
  }
}

interface OpenCall {
  callId: string
  name: string
  /** JSON text as the model wrote it. */
  arguments: string
  part: ToolCallPart
}

/** The calls of a run, or of one of its nested runs, that have no result. */
function openCalls(items: Item[], parts: readonly MessagePart[]): OpenCall[] {
  const results = new Map<string, number>()
  for (const item of items) {
    if (item['type'] !== 'function_call_result') continue
    const callId = textAt(item, 'callId')
    results.set(callId, (results.get(callId) ?? 0) + 1)
  }
  return items.flatMap((item) => {
    if (item['type'] !== 'function_call') return []
    const callId = textAt(item, 'callId')
    const left = results.get(callId) ?? 0
    if (left > 0) {
      results.set(callId, left - 1)
      return []
    }
    const part = parts.findLast(
      (each): each is ToolCallPart => each.type === 'tool_call' && each.callId === callId,
    )
    const isOpen = part !== undefined && !ENDED.has(part.status)
    return isOpen
      ? [{ callId, name: textAt(item, 'name'), arguments: textAt(item, 'arguments'), part }]
      : []
  })
}

/** What the nested runs that had not ended have said and done, by their calls. */
export function openNested(parts: readonly MessagePart[]): Map<string, readonly MessagePart[]> {
  return new Map(
    parts.flatMap((part) =>
      part.type === 'tool_call' && part.parts !== undefined && !ENDED.has(part.status)
        ? [[part.callId, part.parts]]
        : [],
    ),
  )
}

const ENDED = new Set(['done', 'denied', 'failed', 'unknown'])

/** Undefined if it does not wait for a person. */
function waitOf({ approval, question, status }: ToolCallPart): string | undefined {
  return status === 'waiting' ? (question ?? approval)?.waitId : undefined
}

/** Whether the call can be continued: something in it waits, at any depth. */
export function isStandingStill({ parts }: Pick<Message, 'parts'>): boolean {
  return parts.some(
    (part) =>
      part.type === 'tool_call' &&
      (waitOf(part) !== undefined || isStandingStill({ parts: part.parts ?? [] })),
  )
}
