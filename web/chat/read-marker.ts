// Tells the server that what is open has been read: as soon as it is unread and the page is visible. So
// other devices know, and an answer that ends in the background stays unread until its tab is seen.
import { type QueryClient, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useSyncExternalStore } from 'react'
import { markRead } from '../api/conversation-lists.ts'
import { conversationQuery } from '../api/queries.ts'
import { updateConversation } from '../api/conversations.ts'
import { useRoute } from '../router.tsx'

/** Shows nothing itself. */
export function ReadMarker() {
  const route = useRoute()
  const client = useQueryClient()
  const id = (route.page === 'chat' && route.conversationId) || ''
  const query = conversationQuery(id)
  const { data } = useQuery({ ...query, enabled: false })
  const isVisible = useSyncExternalStore(subscribe, () => document.visibilityState === 'visible')
  const isUnread = data?.unread === true && isVisible
  useEffect(() => {
    if (!isUnread) return
    // Without an answer it stays unread, and the next visit tells the server.
    tellRead(client, id).catch(() => {})
  }, [client, id, isUnread])
  return null
}

async function tellRead(client: QueryClient, id: string): Promise<void> {
  const { unread } = await updateConversation(id, { unread: false })
  client.setQueryData(conversationQuery(id).queryKey, (loaded) => loaded && { ...loaded, unread })
  markRead(client, id)
  await client.invalidateQueries({ queryKey: ['folders'] })
}

function subscribe(notify: () => void): () => void {
  document.addEventListener('visibilitychange', notify)
  return () => document.removeEventListener('visibilitychange', notify)
}
