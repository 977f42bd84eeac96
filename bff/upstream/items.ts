// Conversation items in the shape of the Responses API, as they are stored.
import { isRecord, listAt, textAt } from './record.ts'
import type { ResultPart } from './tool-files.ts'
import type { Item } from './types.ts'

/** `files` are what the model gets of attached files, in front of the text. */
export function userItem(text: string, files: object[] = []): Item {
  const said = text === '' ? [] : [{ type: 'input_text', text }]
  return { type: 'message', role: 'user', content: files.length === 0 ? text : [...files, ...said] }
}

/** The text of the newest message of a user. */
export function lastUserText(items: readonly Item[]): string {
  const item = items.findLast((each) => each['role'] === 'user') ?? {}
  const { content } = item
  if (typeof content === 'string') return content
  return Array.isArray(content) ? content.map((part) => textAt(part, 'text')).join('\n') : ''
}

/** An answer that was stopped or failed keeps the text that was shown. */
export function incompleteMessage(text: string): Item {
  return {
    type: 'message',
    role: 'assistant',
    status: 'incomplete',
    content: [{ type: 'output_text', text }],
  }
}

/** What the model reads in place of an answer that an output guardrail has taken back. */
export function withheldAnswer(guardrail: string): Item {
  const text = `[This answer was withheld by ${guardrail}.]`
  return { ...incompleteMessage(text), status: 'completed' }
}

/** Stands behind a user message that an input guardrail has blocked, and hides it from the model. */
export function blockedMessage(guardrail: string): Item {
  return { ...incompleteMessage('[Not answered.]'), status: 'completed', blockedBy: guardrail }
}

/** The user message that the model reads if the item behind it hides the real one; otherwise null. */
export function standInFor(item: Item, next: Item | undefined): Item | null {
  if (item['role'] !== 'user' || next === undefined) return null
  const guardrail = textAt(next, 'blockedBy')
  return guardrail === '' ? null : userItem(`[This message was blocked by ${guardrail}.]`)
}

/** `files` are what the model gets of the files that the tool returned. */
export function toolResultItem(
  callId: string,
  name: string,
  text: string,
  files: readonly ResultPart[] = [],
): Item {
  const said = { type: 'input_text', text }
  return {
    type: 'function_call_result',
    name,
    callId,
    status: 'completed',
    output: files.length === 0 ? { type: 'text', text } : [said, ...files],
  }
}

/** The text of a tool call's result. */
export function resultText(output: unknown): string {
  if (typeof output === 'string') return output
  if (isRecord(output)) return textAt(output, 'text')
  return Array.isArray(output) ? output.map((part) => textAt(part, 'text')).join('\n') : ''
}

/** The text of all messages in an output. */
export function outputText(output: readonly unknown[]): string {
  return output
    .flatMap((item) => (textAt(item, 'type') === 'message' ? listAt(item, 'content') : []))
    .map((part) => (textAt(part, 'type') === 'output_text' ? textAt(part, 'text') : ''))
    .join('')
}
