// The internal tables: the search index, and the storage's own state.
export interface MessageSearchTable {
  rowid: number
  text: string
}

export interface SearchQueueTable {
  message_number: number
}

/** The storage's own state. */
export interface StorageTable {
  name: string
  value: string
}
