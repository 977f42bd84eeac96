// Claude's export. Attachments are there as their text, and other files only by name. Artifacts are calls of a tool
// whose input is the text.
import type { LeftOutReason } from '#shared/imports.ts'
import type { MessagePart } from '#shared/message.ts'
import { unknownText } from './chatgpt-content.ts'
import type { Assets } from './imported-asset.ts'
import type { ImportedConversation } from './imported-conversation.ts'
import { field, idAt, isObject, listAt, sourceOf, textAt, timeAt } from './json-fields.ts'
import {
  addOutput,
  codeText,
  missingFile,
  noticePart,
  reasoningPart,
  textPart,
  toolPart,
} from './make-parts.ts'
import { selectedAmong, type SimpleNode, simpleMessages } from './simple-tree.ts'
import type { TreeNode } from './message-tree.ts'

export function convertClaude(value: object, assets: Assets): ImportedConversation | null {
  const id = idAt(value, 'uuid')
  if (id === null || !Array.isArray(field(value, 'chat_messages'))) return null
  const createdAt = timeAt(value, 'created_at') ?? new Date(0).toISOString()
  const leftOut: LeftOutReason[] = []
  const model = idAt(value, 'model')
  const nodes = nodesOf(listAt(value, 'chat_messages'), model, {
    assets,
    leaveOut: (reason) => leftOut.push(reason),
  })
  const { messages, lost } = simpleMessages(nodes, createdAt)
  for (let n = 0; n < lost; n += 1) leftOut.push('circles')
  return {
    externalId: `claude:${id}`,
    title: textAt(value, 'name'),
    createdAt,
    updatedAt: timeAt(value, 'updated_at') ?? createdAt,
    model,
    selectedId: selectedAmong(messages, idAt(value, 'current_leaf_message_uuid')),
    messages,
    leftOut,
  }
}

interface More {
  assets: Assets
  leaveOut: (reason: LeftOutReason) => void
}

/** Without parents the list is one branch. */
function nodesOf(list: unknown[], model: string | null, more: More): TreeNode<SimpleNode>[] {
  const isTree = list.some((message) => idAt(message, 'parent_message_uuid') !== null)
  const nodes: TreeNode<SimpleNode>[] = []
  for (const message of list) {
    const id = idAt(message, 'uuid')
    if (id === null) continue
    const sender = textAt(message, 'sender')
    const role = sender === 'human' ? 'user' : sender === 'assistant' ? 'assistant' : null
    nodes.push({
      id,
      parentId: isTree ? idAt(message, 'parent_message_uuid') : (nodes.at(-1)?.id ?? null),
      at: timeAt(message, 'created_at'),
      value: { role, model, parts: (at) => partsOf(message, at, more) },
    })
  }
  return nodes
}

function partsOf(message: unknown, at: string, { assets, leaveOut }: More): MessagePart[] {
  const parts: MessagePart[] = []
  for (const block of listAt(message, 'content')) addBlock(parts, block, at, leaveOut)
  if (!parts.some(({ type }) => type === 'text')) parts.push(...textPart(textAt(message, 'text')))
  for (const attachment of listAt(message, 'attachments')) {
    const text = textAt(attachment, 'extracted_content')
    const name = textAt(attachment, 'file_name') || 'attachment'
    const file = assets.ofText(name, text)
    if (file !== null) parts.push(file)
  }
  for (const file of listAt(message, 'files')) {
    leaveOut('files')
    parts.push(missingFile(textAt(file, 'file_name'), at))
  }
  return parts
}

function addBlock(
  parts: MessagePart[],
  block: unknown,
  at: string,
  leaveOut: (reason: LeftOutReason) => void,
): void {
  const id = idAt(block, 'id')
  switch (textAt(block, 'type')) {
    case 'text':
      parts.push(...textPart(textAt(block, 'text')))
      return
    case 'thinking':
      parts.push(...reasoningPart(textAt(block, 'thinking'), at))
      return
    case 'tool_use':
      parts.push(...toolUse(block, id ?? `tool-${parts.length + 1}`))
      return
    case 'tool_result': {
      const output = resultOf(field(block, 'content'))
      const callId = idAt(block, 'tool_use_id')
      if (addOutput(parts, callId, output) || addOutput(parts, null, output)) return
      parts.push(toolPart(`result-${parts.length + 1}`, textAt(block, 'name'), '', output))
      return
    }
    case 'token_budget':
      return
    default:
      leaveOut('unknown_parts')
      parts.push(noticePart(unknownText(textAt(block, 'type')), at, block))
  }
}

/** The text of an artifact is shown as what it is. */
function toolUse(block: unknown, id: string): MessagePart[] {
  const input = field(block, 'input')
  const content = textAt(input, 'content')
  if (textAt(block, 'name') !== 'artifacts' || content === '') {
    return [toolPart(id, textAt(block, 'name'), input === undefined ? '' : sourceOf(input))]
  }
  const title = textAt(input, 'title')
  const code = codeText(content, textAt(input, 'language'))
  return textPart(title === '' ? code : `**${title}**\n\n${code}`)
}

function resultOf(content: unknown): string {
  if (typeof content === 'string') return content
  if (!Array.isArray(content)) return isObject(content) ? sourceOf(content) : ''
  return content.map((part) => textAt(part, 'text') || sourceOf(part)).join('\n\n')
}
