// The table of messages that wait to be sent.
import type { Generated } from 'kysely'

/** `choice` is a QueueMessage without its text as JSON. */
export interface QueuedMessagesTable {
  id: string
  owner: Generated<string>
  conversation_id: string
  text: string
  choice: string
  steers_run_id: string | null
  problem: Generated<string | null>
  idempotency_key: string | null
  request_hash: string | null
  created_at: string
  claimed_at: Generated<string | null>
  left_at: Generated<string | null>
}
