// The tables of conversations and their folders.
import type { Generated } from 'kysely'

export interface ConversationsTable {
  id: string
  owner: Generated<string>
  title: string
  title_source: 'none' | 'words' | 'model' | 'person'
  agent: string
  provider: string | null
  model: string | null
  settings: Generated<string>
  selected_message_id: string | null
  created_at: string
  updated_at: string
  deleted_at: string | null
  idempotency_key: Generated<string | null>
  request_hash: Generated<string | null>
  /** The conversation that this branch was copied from. */
  branched_from: Generated<string | null>
  /** What it is called where it was imported from. */
  external_id: Generated<string | null>
  pinned_at: Generated<string | null>
  archived_at: Generated<string | null>
  folder_id: Generated<string | null>
  read_at: Generated<string | null>
  temporary: Generated<0 | 1>
}

export interface FoldersTable {
  id: string
  owner: Generated<string>
  name: string
  position: number
  instructions: string | null
  agent: string | null
  provider: string | null
  model: string | null
  limit_nano_usd: number | null
  limit_tokens: number | null
  created_at: string
  deleted_at: Generated<string | null>
}
