// The texts inside a model request: to estimate its size when usage was not reported, and to keep
// them out of what a person is shown about a failure.
import type { AgentInputItem, ModelRequest } from '@openai/agents'
import { countedAs, readReference } from './file-reference.ts'
import { isRecord } from './record.ts'

/** A plain text is a user message. */
export function entriesOf({ input }: Pick<ModelRequest, 'input'>): AgentInputItem[] {
  return typeof input === 'string' ? [{ type: 'message', role: 'user', content: input }] : input
}

export function requestTexts(request: ModelRequest): string[] {
  const texts = request.systemInstructions === undefined ? [] : [request.systemInstructions]
  collect(request.input, texts)
  return texts
}

export function textsIn(value: unknown): string[] {
  const texts: string[] = []
  collect(value, texts)
  return texts
}

const FILE_KEYS = new Set(['image', 'file'])
const TEXT_KEYS = new Set(['text', 'content', 'arguments', 'output', 'refusal', 'name'])

function collect(value: unknown, into: string[], key = 'text'): void {
  if (typeof value === 'string') {
    if (TEXT_KEYS.has(key)) into.push(value)
    const file = FILE_KEYS.has(key) ? readReference(value) : null
    if (file !== null) into.push(countedAs(file))
  } else if (Array.isArray(value)) {
    for (const element of value) collect(element, into, key)
  } else if (isRecord(value)) {
    for (const [inner, found] of Object.entries(value)) collect(found, into, inner)
  }
}
