// ChatGPT's export: a conversation is a map of nodes that know their parent. All branches are kept.
// Consecutive nodes of one turn (reasoning, tool calls, results, text) become one answer.
import type { LeftOutReason } from '#shared/imports.ts'
import { addContent, attachmentParts, type NodeContent } from './chatgpt-content.ts'
import type { Assets } from './imported-asset.ts'
import type { ImportedConversation, ImportedMessage } from './imported-conversation.ts'
import { field, idAt, isObject, type JsonObject, objectAt, textAt, timeAt } from './json-fields.ts'
import { type PlacedNode, walkTree } from './message-tree.ts'

export function convertChatgpt(value: object, assets: Assets): ImportedConversation | null {
  const mapping = objectAt(value, 'mapping')
  const id = idAt(value, 'conversation_id') ?? idAt(value, 'id')
  if (mapping === null || id === null) return null
  const createdAt = timeAt(value, 'create_time') ?? new Date(0).toISOString()
  const leftOut: LeftOutReason[] = []
  const { placed, lost } = walkTree(
    Object.entries(mapping).map(([nodeId, node]) => ({
      id: nodeId,
      parentId: idAt(node, 'parent'),
      at: timeAt(objectAt(node, 'message'), 'create_time'),
      value: objectAt(node, 'message'),
    })),
  )
  for (let n = 0; n < lost; n += 1) leftOut.push('circles')
  const messages = toMessages(placed, createdAt, {
    assets,
    leaveOut: (reason) => leftOut.push(reason),
  })
  return {
    externalId: `chatgpt:${id}`,
    title: textAt(value, 'title'),
    createdAt,
    updatedAt: timeAt(value, 'update_time') ?? messages.at(-1)?.createdAt ?? createdAt,
    model: idAt(value, 'default_model_slug'),
    selectedId: selectedOf(idAt(value, 'current_node'), mapping, messages),
    messages,
    leftOut,
  }
}

interface NearestMessage {
  message: ImportedMessage | null
  /** A node below may still belong to the same answer. */
  isOpen: boolean
  at: string
}

function toMessages(
  nodes: PlacedNode<JsonObject | null>[],
  createdAt: string,
  more: Pick<NodeContent, 'leaveOut' | 'assets'>,
): ImportedMessage[] {
  const messages: ImportedMessage[] = []
  const nearest = new Map<string | null, NearestMessage>()
  const root: NearestMessage = { message: null, isOpen: false, at: createdAt }
  for (const { id, parentId, siblings, value: message, at: ownAt } of nodes) {
    const above = nearest.get(parentId) ?? root
    const at = ownAt ?? above.at
    const isOpen = above.isOpen && siblings === 1
    const content = objectAt(message, 'content')
    const role = textAt(field(message, 'author'), 'role')
    const said: NodeContent | null =
      message !== null && content !== null && isVisible(message, role)
        ? { id, at, message, content, ...more }
        : null
    const joined = role === 'user' || !isOpen ? null : above.message
    const into = joined ?? newMessage(id, above.message, role, at)
    const before = into.parts.length
    if (said !== null) {
      addContent(into.parts, said)
      into.parts.push(...attachmentParts(said))
    }
    const isNew = joined === null && into.parts.length > before
    if (isNew) messages.push(into)
    if (joined !== null && said !== null) into.externalIds.push(id)
    if (said !== null) into.model ??= role === 'user' ? null : modelOf(message)
    const shown = isNew ? into : above.message
    const opens = isNew ? role !== 'user' : isOpen
    nearest.set(id, { message: shown, isOpen: opens, at })
  }
  return messages
}

function newMessage(
  id: string,
  above: ImportedMessage | null,
  role: string,
  createdAt: string,
): ImportedMessage {
  return {
    externalIds: [id],
    parentId: above?.externalIds[0] ?? null,
    role: role === 'user' ? 'user' : 'assistant',
    createdAt,
    model: null,
    parts: [],
  }
}

function isVisible(message: JsonObject, role: string): boolean {
  if (role !== 'user' && role !== 'assistant' && role !== 'tool') return false
  const isHidden = field(objectAt(message, 'metadata'), 'is_visually_hidden_from_conversation')
  return isHidden !== true && field(message, 'weight') !== 0
}

function modelOf(message: JsonObject | null): string | null {
  return idAt(objectAt(message, 'metadata'), 'model_slug')
}

/** The nearest message at or above the current node, if that leads anywhere. */
function selectedOf(
  current: string | null,
  mapping: JsonObject,
  messages: ImportedMessage[],
): string | null {
  const known = new Set(messages.flatMap(({ externalIds }) => externalIds))
  const seen = new Set<string>()
  let id = current
  while (id !== null && !seen.has(id)) {
    if (known.has(id)) return id
    seen.add(id)
    const node = field(mapping, id)
    id = isObject(node) ? idAt(node, 'parent') : null
  }
  return null
}
