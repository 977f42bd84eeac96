// The tables of imports.
import type { Generated } from 'kysely'

/** `preview` is an ImportPreview and `report` an ImportReport as JSON. */
export interface ImportsTable {
  id: string
  owner: Generated<string>
  file_name: string
  bytes: number
  state: 'reading' | 'ready' | 'importing' | 'done' | 'failed'
  source: string | null
  preview: string | null
  progress: Generated<number>
  report: string | null
  problem: string | null
  /** The title of conversations without one. */
  untitled: string | null
  created_at: string
  updated_at: string
}

export interface ImportedMessagesTable {
  conversation_id: string
  external_id: string
  message_id: string
}
