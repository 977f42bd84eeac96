// Copies the branch up to a message into a conversation of its own, in slices, so that neither the length
// of the branch nor other writers matter.
import { v7 as uuid } from 'uuid'
import { MAX_TITLE_CHARS } from '#shared/limits.ts'
import type { Database } from '../db/open.ts'
import type { Idempotency } from '../http/idempotency.ts'
import { Problem } from '../http/problem.ts'
import { idOfKey } from './conversation-store.ts'
import { type Copying, copyMessages, insertHidden, publish } from './copy-store.ts'
import { chunksOf, findMessage, messagesById, pathTo } from './message-tree-store.ts'
import { t } from '#shared/translate.ts'

const MESSAGES_AT_ONCE = 20

/** Returns the id of the new conversation, or of the one that this key has made before. */
export async function copyBranch(
  db: Database,
  messageId: string,
  idempotency: Idempotency | null,
): Promise<string> {
  const known = await idOfKey(db.kysely, 'conversations', idempotency)
  if (known !== null) return known
  const last = await findMessage(db.kysely, messageId)
  if (last.status === 'running') {
    throw new Problem('run_active', t`This answer is being written. Wait for its end, or stop it.`)
  }
  const at = new Date().toISOString()
  const from = last.conversation_id
  const copying: Copying = { id: uuid(), from, at, messages: new Map(), items: [] }
  const path = await pathTo(db.kysely, messageId)
  await insertHidden(db, copying, branchTitle)
  for (const ids of chunksOf(path, MESSAGES_AT_ONCE)) {
    await copyMessages(db, copying, await messagesById(db.kysely, ids))
  }
  const leaf = copying.messages.get(messageId)
  // Purged meanwhile.
  if (leaf === undefined) throw new Problem('message_not_found')
  return publish(db, copying, leaf, idempotency)
}

function branchTitle(title: string): string {
  const titled = (kept: string) => t`${kept} (branch)`
  const maxChars = MAX_TITLE_CHARS - titled('').length
  // A surrogate pair is not cut in half.
  return titled(title.slice(0, maxChars).replace(/[\uD800-\uDBFF]$/, ''))
}
