// The data that a run takes from the query cache and puts there.
import type { QueryClient } from '@tanstack/react-query'
import type { Conversation } from '#shared/api.ts'
import { type FoldedRun, NOTHING_FOLDED } from '#shared/fold-run.ts'
import type { Totals } from '#shared/ledger.ts'
import type { Message } from '#shared/message.ts'
import { conversationQuery, latestConversationsQuery } from '../api/queries.ts'
import { receiptQuery } from '../api/receipts.ts'
import { readNewestMessages } from '../api/conversations.ts'
import { deleteConversation } from '../api/runs.ts'
import type { LiveRun } from './live-run.ts'

/** The server's fold of a running run, so that only the rest must be read. */
export function foldedSoFar({ messages }: Conversation, runId: string): FoldedRun {
  const stored = messages.find((message) => message.runId === runId)
  if (stored?.lastSeq === undefined) return NOTHING_FOLDED
  const { lastSeq, siblingIds: _, ...message } = stored
  return { seq: lastSeq, message }
}

/**
 * Of a run that has ended the folded message takes its place in the conversation at once, so that
 * nothing flickers. Then the server is asked.
 */
export function settleRun(client: QueryClient, live: LiveRun): void {
  const message = live.snapshot()
  if (message !== null && message.status !== 'running') {
    client.setQueryData(
      conversationQuery(message.conversationId).queryKey,
      (loaded) => loaded && withEnded(loaded, message, live.conversationTotals() ?? loaded.totals),
    )
  }
  if (message?.runId) void client.invalidateQueries(receiptQuery(message.runId))
  void client.invalidateQueries({ queryKey: ['conversation'] })
  void client.invalidateQueries({ queryKey: ['usage'] })
  reloadLists(client)
}

/** A message that ends a wait takes the place of the run; what the run has made stays on the screen. */
export function keepAnswer(client: QueryClient, live: LiveRun): void {
  const message = live.snapshot()
  if (message === null) return
  client.setQueryData(
    conversationQuery(message.conversationId).queryKey,
    (loaded) =>
      loaded && {
        ...loaded,
        messages: loaded.messages.map((known) =>
          known.id === message.id ? { ...known, parts: message.parts } : known,
        ),
      },
  )
}

export function reloadLists(client: QueryClient): void {
  void client.invalidateQueries({ queryKey: ['conversations'] })
  void client.invalidateQueries(latestConversationsQuery())
}

/** A submit can be refused although its text was stored. */
export async function deleteIfEmpty(client: QueryClient, id: string): Promise<void> {
  try {
    const { messages } = await readNewestMessages(id)
    if (messages.length === 0) await deleteConversation(id)
  } catch {
    // It stays in the list, and can be deleted there.
  }
  client.removeQueries({ queryKey: conversationQuery(id).queryKey })
  reloadLists(client)
}

function withEnded(loaded: Conversation, message: Message, totals: Totals): Conversation {
  const activeRunId = loaded.activeRunId === message.runId ? null : loaded.activeRunId
  const known = loaded.messages.find((other) => other.id === message.id)
  if (known !== undefined) {
    const ended = { ...message, parentId: known.parentId, siblingIds: known.siblingIds }
    const messages = loaded.messages.map((other) => (other === known ? ended : other))
    return { ...loaded, messages, totals, activeRunId }
  }
  // Without its run the conversation was loaded before the run began: only the server knows the branch.
  if (loaded.activeRunId !== message.runId) return loaded
  const parentId = loaded.messages.at(-1)?.id ?? null
  const ended = { ...message, parentId, siblingIds: [message.id] }
  return { ...loaded, messages: [...loaded.messages, ended], totals, activeRunId }
}
