// The tables of the search.
import type { Generated } from 'kysely'

export interface SearchTables {
  message_search: MessageSearchTable
  search_entries: SearchEntriesTable
  search_partitions: SearchPartitionsTable
  search_moves: SearchMovesTable
  search_tags: SearchTagsTable
  search_queue: SearchQueueTable
}

interface MessageSearchTable {
  rowid: number
  tokens: string
}

interface SearchEntriesTable {
  /** The row of the message in `message_search`. A later message has a smaller one. */
  key: number
  message_number: number
}

interface SearchPartitionsTable {
  id: Generated<number>
  newest_key: number
  entries: Generated<number>
}

/** Keys from `from_key` up to `end_key` whose messages are not in the queue yet. */
interface SearchMovesTable {
  from_key: number
  end_key: number
}

interface SearchTagsTable {
  id: Generated<number>
  kind: 'model' | 'agent' | 'tool'
  value: string
}

interface SearchQueueTable {
  message_number: number
}
