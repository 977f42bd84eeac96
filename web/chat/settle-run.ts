// What happens to the loaded data when a run has ended: the folded message takes its place in
// the conversation at once, so that nothing flickers, and then the server is asked.
import type { QueryClient } from '@tanstack/react-query'
import type { Conversation } from '#shared/api.ts'
import type { Totals } from '#shared/ledger.ts'
import type { Message } from '#shared/message.ts'
import { latestConversationsQuery } from '../api/latest-conversations.ts'
import { conversationQuery, conversationsQuery } from '../api/queries.ts'
import { receiptQuery } from '../api/receipts.ts'

export function settleRun(
  client: QueryClient,
  message: Message | null,
  conversationTotals: Totals | null,
): void {
  if (message !== null && message.status !== 'running') {
    client.setQueryData(
      conversationQuery(message.conversationId).queryKey,
      (loaded) => loaded && withEnded(loaded, message, conversationTotals ?? loaded.totals),
    )
  }
  if (message?.runId) void client.invalidateQueries(receiptQuery(message.runId))
  void client.invalidateQueries({ queryKey: ['conversation'] })
  void client.invalidateQueries({ queryKey: ['usage'] })
  void client.invalidateQueries(conversationsQuery())
  void client.invalidateQueries(latestConversationsQuery())
}

export function withEnded(loaded: Conversation, message: Message, totals: Totals): Conversation {
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
