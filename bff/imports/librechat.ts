// LibreChat's export of one conversation: a list of messages, or a tree whose answers are nested.
import type { LeftOutReason } from '#shared/imports.ts'
import type { MessagePart } from '#shared/message.ts'
import { unknownText } from './chatgpt-content.ts'
import type { ImportedConversation } from './imported-conversation.ts'
import { field, idAt, listAt, objectAt, sourceOf, textAt, timeAt } from './json-fields.ts'
import { missingFile, noticePart, reasoningPart, textPart, toolPart } from './make-parts.ts'
import { simpleMessages } from './simple-tree.ts'
import { t } from '#shared/translate.ts'

interface Found {
  message: unknown
  parentId: string | null
}

export function convertLibrechat(value: object): ImportedConversation | null {
  const id = idAt(value, 'conversationId')
  const list = listAt(value, 'messages')
  const tops = list.length > 0 ? list : listAt(value, 'messagesTree')
  if (id === null) return null
  const leftOut: LeftOutReason[] = []
  const nodes = flattened(tops).flatMap(({ message, parentId }) => {
    const messageId = idAt(message, 'messageId')
    if (messageId === null) return []
    return {
      id: messageId,
      parentId: idAt(message, 'parentMessageId') ?? parentId,
      at: timeAt(message, 'createdAt'),
      value: {
        role: roleOf(message),
        model: idAt(message, 'model'),
        parts: (at: string) => partsOf(message, at, (reason) => leftOut.push(reason)),
      },
    }
  })
  const exportedAt = timeAt(value, 'exportAt') ?? new Date(0).toISOString()
  const times = nodes.flatMap(({ at }) => at ?? []).toSorted()
  const createdAt = times[0] ?? exportedAt
  const { messages, lost } = simpleMessages(nodes, createdAt)
  for (let n = 0; n < lost; n += 1) leftOut.push('circles')
  return {
    externalId: `librechat:${id}`,
    title: textAt(value, 'title'),
    createdAt,
    updatedAt: times.at(-1) ?? createdAt,
    model: idAt(objectAt(value, 'options'), 'model'),
    selectedId: null,
    messages,
    leftOut,
  }
}

/** Without recursion, because a tree may be deeper than the stack. */
function flattened(tops: unknown[]): Found[] {
  const found: Found[] = []
  const waiting: Found[] = tops.map((message) => ({ message, parentId: null }))
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    found.push(next)
    const parentId = idAt(next.message, 'messageId')
    for (const message of listAt(next.message, 'children')) waiting.push({ message, parentId })
  }
  return found
}

function roleOf(message: unknown): 'user' | 'assistant' {
  const isUser = field(message, 'isCreatedByUser')
  if (typeof isUser === 'boolean') return isUser ? 'user' : 'assistant'
  return textAt(message, 'sender').toLowerCase() === 'user' ? 'user' : 'assistant'
}

function partsOf(
  message: unknown,
  at: string,
  leaveOut: (reason: LeftOutReason) => void,
): MessagePart[] {
  const parts = listAt(message, 'content').flatMap((part) => contentPart(part, at, leaveOut))
  if (!parts.some(({ type }) => type === 'text')) parts.push(...textPart(textAt(message, 'text')))
  for (const file of [...listAt(message, 'files'), ...listAt(message, 'attachments')]) {
    leaveOut('files')
    parts.push(missingFile(textAt(file, 'filename'), at))
  }
  return parts
}

function contentPart(
  part: unknown,
  at: string,
  leaveOut: (reason: LeftOutReason) => void,
): MessagePart[] {
  switch (textAt(part, 'type')) {
    case 'text':
      return textPart(textAt(part, 'text') || textAt(objectAt(part, 'text'), 'value'))
    case 'think':
      return reasoningPart(textAt(part, 'think'), at)
    case 'tool_call': {
      const call = objectAt(part, 'tool_call')
      const args = field(call, 'args')
      const given = typeof args === 'string' ? args : args === undefined ? '' : sourceOf(args)
      const id = idAt(call, 'id') ?? 'call'
      return [toolPart(id, textAt(call, 'name'), given, textAt(call, 'output') || null)]
    }
    case 'image_file':
    case 'image_url':
      leaveOut('files')
      return [noticePart(t`An image was not imported.`, at)]
    default:
      leaveOut('unknown_parts')
      return [noticePart(unknownText(textAt(part, 'type')), at, part)]
  }
}
