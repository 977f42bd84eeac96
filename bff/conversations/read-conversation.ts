// A conversation as the page shows it: its settings, sums and active run, and one page of the
// selected branch. The message of an active run is folded from its log up to `lastSeq`, so that a
// reader goes on from there.
import type { BranchMessage, Conversation } from '#shared/api.ts'
import type { FoldedRun } from '#shared/fold-run.ts'
import type { Database } from '../db/open.ts'
import { Problem } from '../problem.ts'
import { branchUpFrom, parentOf } from './message-store.ts'
import { type ConversationRow, findConversation } from './store.ts'

/** What an active run has come to; null when it is not active. */
export type LiveFold = (runId: string) => FoldedRun | null

/** `before`: the `previousCursor` of the page after. */
export async function readConversation(
  db: Database,
  live: LiveFold,
  id: string,
  before?: string,
): Promise<Conversation> {
  const conversation = await findConversation(db, id)
  if (conversation === null) throw new Problem('conversation_not_found')
  const leaf = before === undefined ? conversation.selectedMessageId : await above(db, id, before)
  const messages = await readBranch(db, live, id, leaf)
  return toConversation(conversation, messages)
}

async function above(db: Database, id: string, before: string): Promise<string | null> {
  const parent = await parentOf(db, id, before)
  if (parent === undefined) throw new Problem('invalid_cursor')
  return parent
}

async function readBranch(
  db: Database,
  live: LiveFold,
  id: string,
  leaf: string | null,
): Promise<BranchMessage[]> {
  if (leaf === null) return []
  const messages = (await branchUpFrom(db, id, leaf)).map((message) => withFold(message, live))
  // A run that ended since the rows were read has its message stored by now.
  const hasEnded = messages.some(
    ({ status, lastSeq }) => status === 'running' && lastSeq === undefined,
  )
  return hasEnded ? branchUpFrom(db, id, leaf) : messages
}

function withFold(message: BranchMessage, live: LiveFold): BranchMessage {
  if (message.status !== 'running' || message.runId === null) return message
  const folded = live(message.runId)
  if (folded === null) return message
  const { id, parentId, siblingIds } = message
  return { ...message, ...folded.message, id, parentId, siblingIds, lastSeq: folded.seq }
}

function toConversation(row: ConversationRow, messages: BranchMessage[]): Conversation {
  const { selectedMessageId: _, ...conversation } = row
  const running = messages.find(({ status }) => status === 'running')
  const [oldest] = messages
  return {
    ...conversation,
    activeRunId: running?.runId ?? row.activeRunId,
    messages,
    previousCursor: oldest === undefined || oldest.parentId === null ? null : oldest.id,
  }
}
