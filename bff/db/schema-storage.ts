// The tables that nobody sees: the index of the search, and what the storage knows of itself.
export interface MessageSearchTable {
  rowid: number
  text: string
}

export interface SearchQueueTable {
  message_number: number
}

/** What the storage knows of itself. */
export interface StorageTable {
  name: string
  value: string
}
