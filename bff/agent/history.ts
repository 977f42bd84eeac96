// Stored items as a model accepts them. Built anew and not passed through: ids, reasoning and
// provider data of an earlier run are understood only by the model class that made them, and a
// tool call without its result, or a result without its call, is refused by every provider.
import { protocol, type AgentInputItem } from '@openai/agents'
import { isRecord, listAt, textAt } from './record.ts'
import type { Item } from './types.ts'

export function userItem(text: string): Item {
  return { type: 'message', role: 'user', content: text }
}

/** An answer that was stopped or failed keeps the text that a person saw. */
export function incompleteMessage(text: string): Item {
  return {
    type: 'message',
    role: 'assistant',
    status: 'incomplete',
    content: [{ type: 'output_text', text }],
  }
}

export function toolResultItem(callId: string, name: string, text: string): Item {
  return {
    type: 'function_call_result',
    name,
    callId,
    status: 'completed',
    output: { type: 'text', text },
  }
}

/** What the model is told about a call whose run ended before its result was known. */
const NO_RESULT =
  'No result: the run ended before this tool finished. Whether it took effect is unknown.'

export function modelInput(items: Item[]): AgentInputItem[] {
  const results = resultsByCall(items)
  const input: AgentInputItem[] = []
  let open: protocol.FunctionCallItem[] = []
  const closeCalls = (): void => {
    input.push(...open, ...open.map((call) => resultOf(call, results)))
    open = []
  }
  for (const item of items) {
    const call = callOf(item)
    if (call !== null) {
      open.push(call)
      continue
    }
    const message = messageOf(item)
    if (message === null) continue
    closeCalls()
    input.push(message)
  }
  closeCalls()
  return input
}

/** Some servers use the same call id again in a later answer, so each id has a queue. */
function resultsByCall(items: Item[]): Map<string, string[]> {
  const results = new Map<string, string[]>()
  for (const item of items) {
    if (item['type'] !== 'function_call_result') continue
    const callId = textAt(item, 'callId')
    results.set(callId, [...(results.get(callId) ?? []), resultText(item['output'])])
  }
  return results
}

export function resultText(output: unknown): string {
  if (typeof output === 'string') return output
  if (isRecord(output)) return textAt(output, 'text')
  return Array.isArray(output) ? output.map((part) => textAt(part, 'text')).join('') : ''
}

function callOf(item: Item): protocol.FunctionCallItem | null {
  if (item['type'] !== 'function_call') return null
  return {
    type: 'function_call',
    callId: textAt(item, 'callId'),
    name: textAt(item, 'name'),
    arguments: textAt(item, 'arguments'),
    status: 'completed',
  }
}

function resultOf(
  call: protocol.FunctionCallItem,
  results: Map<string, string[]>,
): protocol.FunctionCallResultItem {
  return {
    type: 'function_call_result',
    callId: call.callId,
    name: call.name,
    status: 'completed',
    output: { type: 'text', text: results.get(call.callId)?.shift() ?? NO_RESULT },
  }
}

function messageOf(item: Item): AgentInputItem | null {
  if (item['role'] === 'user') return protocol.UserMessageItem.parse(item)
  if (item['role'] !== 'assistant') return null
  const content = listAt(item, 'content').flatMap(contentPart)
  if (content.length === 0) return null
  const status = item['status'] === 'incomplete' ? 'incomplete' : 'completed'
  return { type: 'message', role: 'assistant', status, content }
}

function contentPart(part: unknown): protocol.AssistantMessageItem['content'] {
  const text = textAt(part, 'text')
  if (text !== '') return [{ type: 'output_text', text }]
  const refusal = textAt(part, 'refusal')
  return refusal === '' ? [] : [{ type: 'refusal', refusal }]
}
