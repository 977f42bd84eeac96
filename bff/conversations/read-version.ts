import type { MessageVersion } from '#shared/messages.ts'
import type { Database } from '../db/open.ts'
import { Problem } from '../http/problem.ts'
import { branchUpFrom } from './message-store.ts'
import { findMessage, runsMs } from './message-tree-store.ts'
import { asItIsNow, type LiveRuns } from './read-conversation.ts'
import { translateMessage } from './translate-parts.ts'

/** A message of any branch, to be compared with the others at its place. */
export async function readVersion(
  db: Database,
  live: LiveRuns,
  id: string,
): Promise<MessageVersion> {
  const { conversation_id } = await findMessage(db.kysely, id)
  const message = (await branchUpFrom(db, conversation_id, id)).at(-1)
  if (message === undefined) throw new Problem('message_not_found')
  return { ...translateMessage(asItIsNow(message, live)), durationMs: await runsMs(db.kysely, id) }
}
