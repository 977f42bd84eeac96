// A conversation in the shape of ChatGPT's export, which other chats can import: nodes that know their
// parent and children. An answer with tool calls is a chain of nodes.
import type { Message, MessagePart } from '#shared/message.ts'
import { messageText } from '#shared/message-text.ts'
import { childIds, messageNumbers, readMessage } from './export-store.ts'
import type { Exported } from './exported-conversation.ts'

const ROOT = 'client-created-root'

export async function* chatgptParts({ db, live, conversation }: Exported): AsyncGenerator<string> {
  const { id, title, createdAt, updatedAt, model, selectedMessageId } = conversation
  const head = { id, conversation_id: id, title, create_time: seconds(createdAt) }
  const times = { update_time: seconds(updatedAt), default_model_slug: model, is_archived: false }
  yield `${JSON.stringify({ ...head, ...times }).slice(0, -1)},"mapping":{`
  const children = await childIds(db, id, null)
  yield nodeText({ id: ROOT, parent: null, children, message: null })
  /** The last node of each answer that has several. */
  const ends = new Map<string, string>()
  for (const number of await messageNumbers(db, id)) {
    const read = await readMessage(db, live, number)
    if (read === null) continue
    const { message } = read
    const contents = contentsOf(message)
    const idOf = (index: number) => (index === 0 ? message.id : `${message.id}-${index + 1}`)
    const last = contents.length - 1
    if (last > 0) ends.set(message.id, idOf(last))
    const { parentId } = message
    const answers = await childIds(db, id, message.id)
    const nodes = contents.map((content, index) => ({
      id: idOf(index),
      parent:
        index > 0 ? idOf(index - 1) : parentId === null ? ROOT : (ends.get(parentId) ?? parentId),
      children: index < last ? [idOf(index + 1)] : answers,
      message: messageNode(idOf(index), message, content, index === last),
    }))
    yield nodes.map((node) => `,${nodeText(node)}`).join('')
  }
  const current = selectedMessageId && (ends.get(selectedMessageId) ?? selectedMessageId)
  const rest = { current_node: current ?? ROOT, moderation_results: [], plugin_ids: null }
  yield `},${JSON.stringify({ ...rest, gizmo_id: null, safe_urls: [] }).slice(1)}\n`
}

function nodeText(node: {
  id: string
  parent: string | null
  children: string[]
  message: unknown
}) {
  return `${JSON.stringify(node.id)}:${JSON.stringify(node)}`
}

interface Content {
  role: 'user' | 'assistant' | 'tool'
  name?: string
  recipient?: string
  content: object
}

const text = (words: string) => ({ content_type: 'text', parts: [words] })

/** At least one, so that every message has a node. */
function contentsOf(message: Message): Content[] {
  const { role, parts } = message
  if (role === 'user') return [{ role, content: text(messageText(message)) }]
  const contents = parts.flatMap(contentsOfPart)
  if (contents.length > 0) return contents
  const notices = parts.flatMap((part) => (part.type === 'notice' ? [part.text] : []))
  return [{ role, content: text(notices.join('\n\n')) }]
}

function contentsOfPart(part: MessagePart): Content[] {
  const role = 'assistant'
  switch (part.type) {
    case 'text':
      return [{ role, content: text(part.text) }]
    case 'output':
      return [{ role, content: text(JSON.stringify(part.value, null, 2)) }]
    case 'reasoning': {
      const thoughts = [{ summary: '', content: part.text }]
      return [{ role, content: { content_type: 'thoughts', thoughts } }]
    }
    case 'tool_call': {
      const { name, output, files = [] } = part
      const content = { content_type: 'code', language: 'json', text: part.arguments }
      const call: Content = { role, recipient: name, content }
      if (output === null) return [call]
      const said = [output, ...files.map((file) => `[File: ${file.name}]`)].join('\n')
      return [call, { role: 'tool', name, content: text(said) }]
    }
    case 'file':
    case 'notice':
      return []
  }
}

function messageNode(id: string, message: Message, part: Content, isLast: boolean) {
  const { role, name = null, recipient = 'all', content } = part
  const isAnswer = role === 'assistant'
  const hasEnded = message.status === 'completed'
  return {
    id,
    author: { role, name, metadata: {} },
    create_time: seconds(message.createdAt),
    update_time: null,
    content,
    status: hasEnded ? 'finished_successfully' : 'finished_partial_completion',
    end_turn: isAnswer ? isLast && hasEnded : null,
    weight: 1,
    recipient,
    metadata: isAnswer && message.model !== null ? { model_slug: message.model } : {},
  }
}

function seconds(at: string): number {
  return Date.parse(at) / 1000
}
