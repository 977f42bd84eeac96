// The tables of attached files.
import type { Generated } from 'kysely'

/** `facts` is the content's part of a FileInfo as JSON. */
export interface FilesTable {
  id: string
  owner: Generated<string>
  hash: string
  name: string
  type: string
  size: number
  facts: string
  created_at: string
  was_used: Generated<number>
}

export interface FileUsesTable {
  file_id: string
  message_id: string
}
