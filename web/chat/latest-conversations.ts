// Notices what other tabs and clients do, by one small request every two seconds while the page
// is visible: the newest ten conversations with what runs in them. It keeps the sidebar's titles
// and marks alive, and reloads an open conversation that has moved on elsewhere.
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { mergeIntoLists } from '../api/conversation-lists.ts'
import { latestConversationsQuery } from '../api/queries.ts'
import { updateOpenConversation } from './update-open-conversation.ts'

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
    for (const latest of data.items) updateOpenConversation(client, latest)
  }, [client, data])
  return null
}
