// Open WebUI's export: a map of messages that know their parent.
import type { LeftOutReason } from '#shared/imports.ts'
import type { MessagePart } from '#shared/message.ts'
import { unknownText } from './chatgpt-content.ts'
import type { Assets } from './imported-asset.ts'
import type { ImportedConversation } from './imported-conversation.ts'
import { field, idAt, listAt, objectAt, textAt, timeAt } from './json-fields.ts'
import { missingFile, noticePart, reasoningPart, textPart } from './make-parts.ts'
import { selectedAmong, simpleMessages } from './simple-tree.ts'
import { t } from '#shared/translate.ts'

export function convertOpenWebui(value: object, assets: Assets): ImportedConversation | null {
  const chat = objectAt(value, 'chat')
  const history = objectAt(chat, 'history')
  const stored = objectAt(history, 'messages')
  const id = idAt(value, 'id') ?? idAt(chat, 'id')
  if (stored === null || id === null) return null
  const createdAt =
    timeAt(value, 'created_at') ?? timeAt(chat, 'timestamp') ?? new Date(0).toISOString()
  const leftOut: LeftOutReason[] = []
  const leaveOut = (reason: LeftOutReason) => void leftOut.push(reason)
  const nodes = Object.entries(stored).map(([key, message]) => {
    const role = roleOf(message)
    return {
      id: key,
      parentId: idAt(message, 'parentId'),
      at: timeAt(message, 'timestamp'),
      value: {
        role,
        model: idAt(message, 'model'),
        parts: (at: string) => partsOf(message, at, { assets, leaveOut }),
      },
    }
  })
  const { messages, lost } = simpleMessages(nodes, createdAt)
  for (let n = 0; n < lost; n += 1) leftOut.push('circles')
  return {
    externalId: `openwebui:${id}`,
    title: textAt(value, 'title') || textAt(chat, 'title'),
    createdAt,
    updatedAt: timeAt(value, 'updated_at') ?? messages.at(-1)?.createdAt ?? createdAt,
    model: idAt({ model: listAt(chat, 'models')[0] }, 'model'),
    selectedId: selectedAmong(messages, idAt(history, 'currentId')),
    messages,
    leftOut,
  }
}

function roleOf(message: unknown): 'user' | 'assistant' | null {
  const role = textAt(message, 'role')
  return role === 'user' || role === 'assistant' ? role : null
}

const REASONING =
  /<details type="reasoning"[^>]*>\s*(?:<summary>[^<]*<\/summary>)?([^]*?)<\/details>\s*/g

function partsOf(message: unknown, at: string, more: More): MessagePart[] {
  const content = field(message, 'content')
  const parts: MessagePart[] = []
  if (typeof content === 'string') {
    const thoughts = [...content.matchAll(REASONING)].map(([, text = '']) => text)
    const reasoning = thoughts.map((text) => text.replaceAll(/^\s*> ?/gm, '').trim())
    parts.push(...reasoning.flatMap((text) => reasoningPart(text, at)))
    parts.push(...textPart(content.replaceAll(REASONING, '')))
  } else if (Array.isArray(content)) {
    for (const part of content) parts.push(...contentPart(part, at, more))
  }
  for (const file of listAt(message, 'files')) {
    parts.push(filePart(file, at, more))
  }
  return parts
}

/** A picture inside the JSON, or the text that was read from a file. */
function filePart(file: unknown, at: string, { assets, leaveOut }: More): MessagePart {
  const inner = field(file, 'file')
  const name = textAt(file, 'name') || textAt(inner, 'filename')
  const found =
    assets.ofDataUrl(name || 'image', textAt(file, 'url')) ??
    assets.ofText(name || 'file', textAt(field(inner, 'data'), 'content'))
  if (found !== null) return found
  leaveOut('files')
  return missingFile(name || textAt(file, 'type'), at)
}

interface More {
  assets: Assets
  leaveOut: (reason: LeftOutReason) => void
}

function contentPart(part: unknown, at: string, { assets, leaveOut }: More): MessagePart[] {
  if (textAt(part, 'type') === 'text') return textPart(textAt(part, 'text'))
  if (textAt(part, 'type') === 'image_url') {
    const image = assets.ofDataUrl('image', textAt(field(part, 'image_url'), 'url'))
    if (image !== null) return [image]
    leaveOut('files')
    return [noticePart(t`An image was not imported.`, at)]
  }
  leaveOut('unknown_parts')
  return [noticePart(unknownText(textAt(part, 'type')), at, part)]
}
