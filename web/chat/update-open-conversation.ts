import type { QueryClient } from '@tanstack/react-query'
import type { Conversation, ConversationSummary } from '#shared/api.ts'
import type { Totals } from '#shared/ledger.ts'
import { conversationQuery } from '../api/queries.ts'

/** Reloads an open conversation that has moved on elsewhere. */
export function updateOpenConversation(client: QueryClient, latest: ConversationSummary): void {
  const { queryKey } = conversationQuery(latest.id)
  const loaded = client.getQueryData<Conversation>(queryKey)
  if (loaded === undefined) return
  if (loaded.updatedAt < latest.updatedAt || loaded.activeRunId !== latest.activeRunId) {
    void client.invalidateQueries({ queryKey }, { cancelRefetch: false })
  } else if (isCorrected(loaded.totals, latest.totals)) {
    void client.invalidateQueries({ queryKey }, { cancelRefetch: false })
  } else if (loaded.title !== latest.title || loaded.totals.calls < latest.totals.calls) {
    const { title, totals } = latest
    client.setQueryData<Conversation>(queryKey, (open) => open && { ...open, title, totals })
  }
}

/** The same calls cost something else now: their provider was asked, or they were priced again. */
function isCorrected(before: Totals, now: Totals): boolean {
  return (
    before.calls === now.calls &&
    (before.costNanoUsd !== now.costNanoUsd || before.certainty !== now.certainty)
  )
}
