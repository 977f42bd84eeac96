// What the reading thread tells: the conversations of a file, each in portions that are written at once.
import type { Totals } from '#shared/totals.ts'
import * as z from 'zod/mini'
import type { AssetLine } from './imported-asset.ts'
import type { ImportSource, LeftOutReason } from '#shared/imports.ts'

/** A message as it is stored. `parts` and `items` are JSON. */
export interface ReadMessage {
  externalIds: string[]
  parentId: string | null
  role: 'user' | 'assistant'
  createdAt: string
  model: string | null
  parts: string
  items: string[]
  /** `parts` names files, of which only the id is known. */
  hasFiles: boolean
}

export interface ReadConversation {
  externalId: string
  title: string
  createdAt: string
  updatedAt: string
  model: string | null
  selectedId: string | null
  messages: number
  calls: number
  /** The sum of the calls. */
  totals: Totals
}

/** A line of an export of Tally: its type, and its fields. */
export interface ReadLine {
  type: string
  fields: Record<string, unknown>
}

/** A line of an export of Tally that names an attached file. */
export const FileLine = z.object({
  id: z.string().check(z.minLength(1), z.maxLength(100)),
  hash: z.string().check(z.regex(/^[\da-f]{64}$/)),
  name: z.string(),
  size: z.int(),
})
export type FileLine = z.infer<typeof FileLine>

export type Read =
  | { type: 'source'; source: ImportSource }
  | { type: 'left_out'; reason: LeftOutReason; count: number }
  | { type: 'conversation'; conversation: ReadConversation }
  | { type: 'file'; file: FileLine }
  | { type: 'asset'; asset: AssetLine }
  /** Of no conversation. */
  | { type: 'folder'; fields: Record<string, unknown> }
  | { type: 'prompt'; prompt: unknown }
  | { type: 'messages'; messages: ReadMessage[] }
  | { type: 'lines'; lines: ReadLine[] }
  | { type: 'conversation_end' }

export const ReadJob = z.object({
  path: z.string(),
  /** Only counts: `messages` and `lines` are not sent. */
  isPreview: z.boolean(),
  /** Conversations that were imported before the process ended. */
  skip: z.int(),
})
export type ReadJob = z.infer<typeof ReadJob>

export type FromReader = { read: Read[] } | { end: true } | { refused: string }
