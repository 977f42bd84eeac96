// Tells by the first conversation which product made the file.
import type { ImportSource } from '#shared/imports.ts'
import { convertChatgpt } from './chatgpt.ts'
import { convertClaude } from './claude.ts'
import type { Converter } from './imported-conversation.ts'
import { field, isObject, textAt } from './json-fields.ts'
import { convertLibrechat } from './librechat.ts'
import { convertOpenWebui } from './open-webui.ts'

export const CONVERTERS: Record<Exclude<ImportSource, 'tally'>, Converter> = {
  chatgpt: convertChatgpt,
  claude: convertClaude,
  openwebui: convertOpenWebui,
  librechat: convertLibrechat,
}

/** Returns null if it is no conversation of a known product. */
export function detectProduct(value: unknown): ImportSource | null {
  if (!isObject(value)) return null
  if (textAt(value, 'type') === 'format' && textAt(value, 'format') === 'tally') return 'tally'
  if (isObject(field(value, 'mapping'))) return 'chatgpt'
  if (Array.isArray(field(value, 'chat_messages'))) return 'claude'
  if (isObject(field(field(value, 'chat'), 'history'))) return 'openwebui'
  const isLibrechat = ['messages', 'messagesTree'].some((name) => Array.isArray(field(value, name)))
  return isLibrechat && textAt(value, 'conversationId') !== '' ? 'librechat' : null
}
