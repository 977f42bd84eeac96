// Fingerprints of the beginning of a request: enough to tell later how it differed from another request, and nothing
// that could be read.
import { hash } from 'node:crypto'
import type { AgentInputItem, ModelRequest } from '@openai/agents'
import { inPieces } from './in-pieces.ts'
import { textAt } from './record.ts'
import { entriesOf, textsIn } from './request-text.ts'
import type { PrefixItem, RequestPrefix } from './types.ts'

/** The beginning of a long conversation is enough: changes there cost the most. */
const MAX_ITEMS = 1000

/** A piece at a time: a history may be long. */
export async function prefixOf(request: ModelRequest): Promise<RequestPrefix> {
  const { systemInstructions = '', tools, handoffs, outputType } = request
  const definitions = JSON.stringify([tools, handoffs])
  const items: PrefixItem[] = []
  for await (const piece of inPieces(entriesOf(request).slice(0, MAX_ITEMS))) {
    items.push(...piece.map(printOf))
  }
  return {
    instructions: fingerprint(systemInstructions),
    tools: fingerprint(definitions),
    format: fingerprint(JSON.stringify(outputType)),
    headChars: systemInstructions.length + definitions.length,
    items,
  }
}

/** Without ids and states: those are not what a provider's cache looks at. */
function printOf(item: AgentInputItem): PrefixItem {
  const texts = textsIn(item)
  const text = JSON.stringify([textAt(item, 'callId'), ...texts])
  return {
    kind: kindOf(item),
    hash: fingerprint(text),
    chars: texts.reduce((sum, { length }) => sum + length, 0),
  }
}

function kindOf(item: AgentInputItem): PrefixItem['kind'] {
  if (item.type === 'reasoning') return 'reasoning'
  if (item.type === 'function_call') return 'tool_call'
  if (item.type === 'function_call_result') return 'tool_result'
  return textAt(item, 'role') === 'assistant' ? 'answer' : 'question'
}

/** Nine bytes: short to keep, and no two that differ are alike in one conversation. */
function fingerprint(text: string): string {
  return hash('sha256', text, 'base64').slice(0, 12)
}
