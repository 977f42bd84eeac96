// Counting at Anthropic, whose endpoint takes a request in the words of its own Messages API.
import type { AgentInputItem, ModelRequest } from '@openai/agents'
import { readBaseUrl } from './base-url.ts'
import { resultText } from './items.ts'
import { readCount } from './read-count.ts'
import { isRecord, textAt } from './record.ts'
import { textsIn } from './request-text.ts'
import { sendRequest } from './send-request.ts'
import type { ModelTarget } from './types.ts'

const VERSION = '2023-06-01'

export function isAnthropic({ baseUrl }: Pick<ModelTarget, 'baseUrl'>): boolean {
  return baseUrl !== null && readBaseUrl(baseUrl).host === 'api.anthropic.com'
}

export async function countMessages(
  request: ModelRequest,
  target: ModelTarget,
  signal: AbortSignal,
): Promise<number | null> {
  const { apiKey, headers } = target
  const key = apiKey === null ? {} : { 'x-api-key': apiKey }
  const own = { 'anthropic-version': VERSION, ...key, ...headers }
  const body = bodyOf(request, target.model)
  const path = '/messages/count_tokens'
  const response = await sendRequest(
    { ...target, apiKey: null, headers: own },
    { path, body, signal },
  )
  return readCount(response)
}

interface Turn {
  role: 'user' | 'assistant'
  content: object[]
}

function bodyOf(request: ModelRequest, model: string): object {
  const { systemInstructions, tools, handoffs, input } = request
  const items: AgentInputItem[] =
    typeof input === 'string' ? [{ type: 'message', role: 'user', content: input }] : input
  const described = [
    ...tools.flatMap((tool) =>
      tool.type === 'function' ? [definition(tool.name, tool.description, tool.parameters)] : [],
    ),
    ...handoffs.map(({ toolName, toolDescription, inputJsonSchema }) =>
      definition(toolName, toolDescription, inputJsonSchema),
    ),
  ]
  return {
    model,
    ...(systemInstructions ? { system: systemInstructions } : {}),
    ...(described.length === 0 ? {} : { tools: described }),
    messages: turnsOf(items),
  }
}

function definition(name: string, description: string, schema: unknown): object {
  return { name, description, input_schema: isRecord(schema) ? schema : { type: 'object' } }
}

/** User and assistant take turns: what one says in a row is one message. */
function turnsOf(items: AgentInputItem[]): Turn[] {
  const turns: Turn[] = []
  for (const item of items) {
    const said = turnOf(item)
    const last = turns.at(-1)
    if (said === null) continue
    if (last?.role === said.role) last.content.push(...said.content)
    else turns.push(said)
  }
  return turns
}

function turnOf(item: AgentInputItem): Turn | null {
  if (item.type === 'function_call') {
    const { callId, name, arguments: text } = item
    const content = [{ type: 'tool_use', id: idOf(callId), name, input: parsed(text) }]
    return { role: 'assistant', content }
  }
  if (item.type === 'function_call_result') {
    const content = resultText(item.output)
    return {
      role: 'user',
      content: [{ type: 'tool_result', tool_use_id: idOf(item.callId), content }],
    }
  }
  const role = textAt(item, 'role')
  if (role !== 'user' && role !== 'assistant') return null
  const content = textsIn('content' in item ? item.content : '')
    .filter((text) => text.trim() !== '')
    .map((text) => ({ type: 'text', text }))
  return content.length === 0 ? null : { role, content }
}

/** The only characters that are taken. */
function idOf(callId: string): string {
  return callId.replaceAll(/[^\w-]/g, '_')
}

function parsed(json: string): object {
  try {
    const value: unknown = JSON.parse(json)
    return isRecord(value) ? value : {}
  } catch {
    return {}
  }
}
