// Turns stored items into input that a model accepts. They are built anew: only the model class that made them
// understands the ids, reasoning and provider data of an earlier run, and every provider refuses a tool call without
// its result, or a result without its call.
import { protocol, type AgentInputItem } from '@openai/agents'
import { setImmediate as yieldToEventLoop } from 'node:timers/promises'
import { countedAs, referencesIn } from '../upstream/file-reference.ts'
import { inPieces } from '../upstream/in-pieces.ts'
import { resultText, standInFor } from '../upstream/items.ts'
import { listAt, textAt } from '../upstream/record.ts'
import { resultParts } from '../upstream/tool-files.ts'
import { countedTokens, rememberTokens } from './counted-tokens.ts'
import { sendableArguments, sendableName } from '../upstream/sendable-call.ts'
import type { Item } from '../upstream/types.ts'

/** Tells the model about a call whose run ended before its result was known. */
const NO_RESULT =
  'No result: the run ended before this tool finished. Whether it took effect is unknown.'

/** An entry of the model's input, and the place of the stored item it was made of; null: of none. */
interface Planned {
  input: AgentInputItem
  from: number | null
}

/** Tells the model that the user dropped a result. */
export const DROPPED_RESULT =
  'The person has dropped this result. Call the tool again if it is needed.'

/** The item as the model gets it when its result is dropped. */
export function withoutResult(item: Item): Item {
  return { ...item, output: { type: 'text', text: DROPPED_RESULT } }
}

/** The text of the result, where the item is the one of this call. */
export function resultOfCall(item: Item, callId: string): string | null {
  const isResult = item['type'] === 'function_call_result' && item['callId'] === callId
  return isResult ? countedText(item['output']) : null
}

const ITEMS_AT_ONCE = 1000

/** A piece at a time: a history may be long. */
export async function modelInput(items: Item[]): Promise<AgentInputItem[]> {
  const inputs: AgentInputItem[] = []
  const results: Results = new Map()
  for (let from = 0; from < items.length; from += ITEMS_AT_ONCE) {
    addResults(results, items, from, from + ITEMS_AT_ONCE)
    await yieldToEventLoop()
  }
  for await (const piece of inPieces(plan(items, results))) {
    for (const { input, from } of piece) {
      const tokens = from === null ? undefined : countedTokens(items[from])
      if (tokens !== undefined) rememberTokens(input, tokens)
      inputs.push(input)
    }
  }
  return inputs
}

const SUMMARY_OPENING = '[Summary of the earlier messages of this conversation, in their place]'

/** What the model reads in place of the oldest messages. */
export function summaryText(text: string): string {
  return `${SUMMARY_OPENING}\n${text}\n[The conversation goes on below.]`
}

/** An entry of the model's input as text that can be counted. */
export interface SentText {
  kind: 'summary' | 'user' | 'assistant' | 'tool_call' | 'tool_result'
  /** The name of the tool, or all that was said. */
  label: string
  callId: string | null
  text: string
}

export interface SentItem extends SentText {
  from: number | null
}

/** In the order in which it is sent, one by one, so that the reader can do other work in between. */
export function* sentItems(items: Item[]): Generator<SentItem> {
  for (const { input, from } of plan(items)) {
    const sent = sentText(input)
    if (sent !== null) yield { ...sent, from }
  }
}

/** Null if the entry is of another kind, such as reasoning. */
export function sentText(input: AgentInputItem): SentText | null {
  if (input.type === 'function_call') {
    const { name, callId } = input
    return { kind: 'tool_call', label: name, callId, text: name + input.arguments }
  }
  if (input.type === 'function_call_result') {
    const { name, callId } = input
    return { kind: 'tool_result', label: name, callId, text: countedText(input.output) }
  }
  if (!('role' in input) || (input.role !== 'user' && input.role !== 'assistant')) return null
  const text = saidIn(input.content)
  const kind = text.startsWith(SUMMARY_OPENING) ? 'summary' : input.role
  return { kind, label: text, callId: null, text }
}

function saidIn(content: unknown): string {
  if (typeof content === 'string') return content
  if (!Array.isArray(content)) return ''
  const texts = content.map((part) => textAt(part, 'text') || textAt(part, 'refusal'))
  return [...texts, ...referencesIn(content).map(countedAs)].join('')
}

interface PlannedCall {
  input: protocol.FunctionCallItem
  from: number
}

function* plan(items: Item[], results = resultsByCall(items)): Generator<Planned> {
  let open: PlannedCall[] = []
  function* closeCalls(): Generator<Planned> {
    yield* open
    for (const call of open) yield resultOf(call, results, items)
    open = []
  }
  for (const [from, item] of items.entries()) {
    const call = callOf(item, from)
    if (call !== null) {
      open.push({ input: call, from })
      continue
    }
    const message = messageOf(standInFor(item, items[from + 1]) ?? item)
    if (message === null) continue
    yield* closeCalls()
    yield { input: message, from }
  }
  yield* closeCalls()
}

/** The text of a result, and as much more as its files are counted. */
export function countedText(output: unknown): string {
  return [resultText(output), ...referencesIn(output).map(countedAs)].join('')
}

interface FoundResult {
  output: ResultOutput
  from: number
}

/** Some servers use the same call id again in a later answer, so each id has a queue. */
type Results = Map<string, FoundResult[]>

function resultsByCall(items: Item[]): Results {
  const results: Results = new Map()
  addResults(results, items, 0, items.length)
  return results
}

function addResults(results: Results, items: Item[], start: number, end: number): void {
  for (let from = start; from < Math.min(end, items.length); from += 1) {
    const item = items[from]
    if (item?.['type'] !== 'function_call_result') continue
    const callId = textAt(item, 'callId')
    const queue = results.get(callId) ?? []
    queue.push({ output: sendableOutput(item['output']), from })
    results.set(callId, queue)
  }
}

type ResultOutput = protocol.FunctionCallResultItem['output']

function sendableOutput(output: unknown): ResultOutput {
  return referencesIn(output).length > 0
    ? resultParts(output)
    : { type: 'text', text: resultText(output) }
}

function callOf(item: Item, from: number): protocol.FunctionCallItem | null {
  if (item['type'] !== 'function_call') return null
  return {
    type: 'function_call',
    callId: textAt(item, 'callId') || `call_${from}`,
    name: sendableName(item['name']),
    arguments: sendableArguments(item['arguments']),
    status: 'completed',
  }
}

function resultOf({ input: call, from }: PlannedCall, results: Results, items: Item[]): Planned {
  const found = results.get(textAt(items[from], 'callId'))?.shift()
  return {
    input: {
      type: 'function_call_result',
      callId: call.callId,
      name: call.name,
      status: 'completed',
      output: found?.output ?? { type: 'text', text: NO_RESULT },
    },
    from: found?.from ?? null,
  }
}

function messageOf(item: Item): AgentInputItem | null {
  // One that an import brought may be of another shape.
  if (item['role'] === 'user') return protocol.UserMessageItem.safeParse(item).data ?? null
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
