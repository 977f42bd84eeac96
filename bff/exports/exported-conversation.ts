import type { ConversationRow } from '../conversations/conversation-store.ts'
import type { LiveRuns } from '../conversations/read-conversation.ts'
import type { Database } from '../db/open.ts'

/** `data` is JSON. */
interface ExportedEvent {
  seq: number
  type: string
  data: string
}

export interface ExportDeps {
  db: Database
  live: LiveRuns
  log: {
    /** Returns the next events after `seq`, a bounded number of bytes. Empty: there are no more. */
    read: (runId: string, seq: number) => Promise<ExportedEvent[]>
  }
}

export interface Exported extends ExportDeps {
  conversation: ConversationRow
}
