import type { QueryClient } from '@tanstack/react-query'
import { prependPage } from '../api/conversation-pages.ts'
import { conversationQuery } from '../api/queries.ts'
import { readNewestMessages, readOlderMessages } from '../api/runs.ts'

/** Puts the page before `cursor` in front of what is loaded. */
export async function loadOlder(client: QueryClient, id: string, cursor: string): Promise<void> {
  const older = await readOlderMessages(id, cursor)
  client.setQueryData(
    conversationQuery(id).queryKey,
    (current) => current && prependPage(current, older, cursor),
  )
}

/** Keeps the newest page alone. */
export async function unloadOffscreenAbove(client: QueryClient, id: string): Promise<void> {
  client.setQueryData(conversationQuery(id).queryKey, await readNewestMessages(id))
}
