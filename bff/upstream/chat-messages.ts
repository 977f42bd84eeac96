// Messages in the plainest form of the Chat API: text as one string and not as a list of parts
// with foreign keys, which some servers refuse, and reasoning under the key the server itself uses.
import type { ChatCompletionMessageParam } from 'openai/resources/chat/completions'
import { textAt } from './record.ts'

export type ReasoningKey = 'reasoning' | 'reasoning_content'

export function plainMessages(
  messages: ChatCompletionMessageParam[],
  reasoningKey: ReasoningKey,
): ChatCompletionMessageParam[] {
  return joinUsers(messages.map((message) => renameReasoning(plainContent(message), reasoningKey)))
}

/** Many chat templates insist that user and assistant take turns. */
function joinUsers(messages: ChatCompletionMessageParam[]): ChatCompletionMessageParam[] {
  const joined: ChatCompletionMessageParam[] = []
  for (const message of messages) {
    const last = joined.at(-1)
    const both = message.role === 'user' && last?.role === 'user'
    if (both && typeof message.content === 'string' && typeof last.content === 'string') {
      joined[joined.length - 1] = { ...last, content: `${last.content}\n\n${message.content}` }
    } else {
      joined.push(message)
    }
  }
  return joined
}

function plainContent(message: ChatCompletionMessageParam): ChatCompletionMessageParam {
  if (message.role !== 'assistant' && message.role !== 'user') return message
  const text = Array.isArray(message.content) ? onlyText(message.content) : null
  return text === null ? message : { ...message, content: text }
}

/** Null when there is anything but text. */
function onlyText(parts: unknown[]): string | null {
  const plain = parts.every((part) => textAt(part, 'type') === 'text')
  return plain ? parts.map((part) => textAt(part, 'text')).join('') : null
}

function renameReasoning(
  message: ChatCompletionMessageParam,
  key: ReasoningKey,
): ChatCompletionMessageParam {
  if (!('reasoning' in message)) return message
  const { reasoning, ...rest } = message
  return typeof reasoning === 'string' ? { ...rest, [key]: reasoning } : rest
}
