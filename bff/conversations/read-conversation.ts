// A conversation as the page shows it: its settings, sums and active run, and one page of the selected
// branch. The message of an active run is folded from its log up to `lastSeq`, from where the client
// continues.
import type { BranchMessage, Conversation } from '#shared/api.ts'
import type { FoldedRun } from '#shared/fold-run.ts'
import type { Database } from '../db/open.ts'
import { Problem } from '../http/problem.ts'
import { translateMessage } from './translate-parts.ts'
import { branchUpFrom, parentOf } from './message-store.ts'
import { type ConversationRow, findConversation } from './conversation-store.ts'
import type { MessageVersion } from '#shared/messages.ts'
import { findMessage, runsMs } from './message-tree-store.ts'

/** The state of runs in memory, beyond the stored rows. */
export interface LiveRuns {
  /** Returns the folded message of an active run. Null if the run is not active. */
  folded: (runId: string) => FoldedRun | null
  /** Returns true while the cost of a stopped run is being counted. */
  isCounting: (runId: string) => boolean
}

/** `before` is the `previousCursor` of the page after this one. */
export async function readConversation(
  db: Database,
  live: LiveRuns,
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
  live: LiveRuns,
  id: string,
  leaf: string | null,
): Promise<BranchMessage[]> {
  if (leaf === null) return []
  const read = async () =>
    (await branchUpFrom(db, id, leaf)).map((message) => asItIsNow(message, live))
  const messages = await read()
  // A run that ended after the rows were read has stored its message by now.
  const hasEnded = messages.some(
    ({ status, lastSeq }) => status === 'running' && lastSeq === undefined,
  )
  return (hasEnded ? await read() : messages).map(translateMessage)
}

/** Returns the message with what its active run has said so far. */
export function asItIsNow(message: BranchMessage, live: LiveRuns): BranchMessage {
  const { runId, status } = message
  if (runId === null) return message
  if (status !== 'running') return live.isCounting(runId) ? { ...message, counting: true } : message
  const folded = live.folded(runId)
  if (folded === null) return message
  const { id, parentId, siblingIds } = message
  return { ...message, ...folded.message, id, parentId, siblingIds, lastSeq: folded.seq }
}

function toConversation(row: ConversationRow, messages: BranchMessage[]): Conversation {
  const { selectedMessageId: _, folder: __, defaultInstructions: ___, ...conversation } = row
  const running = messages.find(({ status }) => status === 'running')
  const [oldest] = messages
  return {
    ...conversation,
    activeRunId: running?.runId ?? row.activeRunId,
    messages,
    previousCursor: oldest === undefined || oldest.parentId === null ? null : oldest.id,
  }
}

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
