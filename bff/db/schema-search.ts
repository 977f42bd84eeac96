// The tables of the search.
import type { Generated } from 'kysely'

export interface MessageSearchTable {
  rowid: number
  tokens: string
}

export interface SearchEntriesTable {
  /** The row of the message in `message_search`. A later message has a smaller one. */
  key: number
  message_number: number
}

export interface SearchPartitionsTable {
  id: Generated<number>
  newest_key: number
  entries: Generated<number>
}

export interface SearchTagsTable {
  id: Generated<number>
  kind: 'model' | 'agent' | 'tool'
  value: string
}

export interface SearchQueueTable {
  message_number: number
}
