// A conversation of another product, as every converter makes it.
import type { Assets } from './imported-asset.ts'
import type { LeftOutReason } from '#shared/imports.ts'
import type { MessagePart } from '#shared/message.ts'

export interface ImportedMessage {
  /** The ids of the nodes that it is made of, the first of which names it. */
  externalIds: string[]
  /** An id of its parent. */
  parentId: string | null
  role: 'user' | 'assistant'
  createdAt: string
  model: string | null
  parts: MessagePart[]
}

export interface ImportedConversation {
  /** With the product: `chatgpt:…`. */
  externalId: string
  title: string
  createdAt: string
  updatedAt: string
  model: string | null
  /** An id of the end of the selected branch. Null: the newest message. */
  selectedId: string | null
  /** A parent comes before its answers. */
  messages: ImportedMessage[]
  leftOut: LeftOutReason[]
}

/** Returns null if the value is not a conversation of the product. */
export type Converter = (value: object, assets: Assets) => ImportedConversation | null
