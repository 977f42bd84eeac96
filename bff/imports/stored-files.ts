// Puts what is stored of its files into a message of another product, and into what the model gets of it.
import type { MessagePart } from '#shared/message.ts'
import { messageText } from '#shared/message-text.ts'
import type { AttachedFiles } from '../upstream/attached-files.ts'
import { userItem } from '../upstream/items.ts'
import { missingFile } from './make-parts.ts'
import type { ReadMessage } from './read-messages.ts'
import { itemsOfText } from './shown-items.ts'

/** Null: the file is not stored. */
type Attach = (fileId: string) => Promise<AttachedFiles | null>

export async function withStoredFiles(message: ReadMessage, attach: Attach): Promise<ReadMessage> {
  if (!message.hasFiles) return message
  const { role, createdAt } = message
  const parts: MessagePart[] = []
  const content: object[] = []
  const before: MessagePart[] = JSON.parse(message.parts)
  for (const part of before) {
    const found = part.type === 'file' ? await attach(part.fileId) : null
    if (part.type !== 'file') parts.push(part)
    else if (found === null) {
      parts.push(missingFile(part.name, createdAt))
    } else {
      parts.push(...found.parts.map((file) => ({ ...file, name: part.name })))
      content.push(...found.content)
    }
  }
  const text = messageText({ parts })
  const isQuestion = role === 'user' && content.length > 0
  const items = isQuestion ? [userItem(text, content)] : itemsOfText(role, text)
  return {
    ...message,
    parts: JSON.stringify(parts),
    items: items.map((item) => JSON.stringify(item)),
  }
}
