// Notices what other tabs and clients do, by one small request every two seconds while the page
// is visible: the newest ten conversations with what runs in them. It keeps the sidebar's titles
// and marks alive, and reloads an open conversation that has moved on elsewhere.
import { type QueryClient, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import type { Conversation, ConversationSummary } from '#shared/api.ts'
import type { Totals } from '#shared/ledger.ts'
import { mergeIntoLists } from '../api/conversation-lists.ts'
import { conversationQuery, latestConversationsQuery } from '../api/queries.ts'

const EVERY_MS = 2_000
const AFTER_A_FAILURE_MS = 5_000

/** Shows nothing itself. */
export function LatestConversations() {
  const client = useQueryClient()
  const { data } = useQuery({
    ...latestConversationsQuery(),
    refetchInterval: ({ state }) => (state.status === 'error' ? AFTER_A_FAILURE_MS : EVERY_MS),
    retry: false,
  })
  useEffect(() => {
    if (data === undefined) return
    mergeIntoLists(client, data)
    for (const latest of data.items) updateConversation(client, latest)
  }, [client, data])
  return null
}

function updateConversation(client: QueryClient, latest: ConversationSummary): void {
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
