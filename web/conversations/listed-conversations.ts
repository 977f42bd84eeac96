// Optimistic updates of the loaded conversation list.
import type { QueryClient } from '@tanstack/react-query'
import type { ConversationPage, ConversationSummary } from '#shared/api.ts'
import { latestConversationsQuery } from '../api/queries.ts'
import { conversationQuery, conversationsQuery } from '../api/queries.ts'

/** Cancels requests in progress, which would overwrite an optimistic update. */
export async function holdList(client: QueryClient): Promise<void> {
  await client.cancelQueries({ queryKey: conversationsQuery().queryKey })
  await client.cancelQueries({ queryKey: latestConversationsQuery().queryKey })
}

export function reloadList(client: QueryClient): Promise<void> {
  return client.invalidateQueries({ queryKey: conversationsQuery().queryKey })
}

/** Appends the page at `cursor`, unless the list has changed since the request. */
export function appendPage(client: QueryClient, cursor: string, page: ConversationPage): void {
  client.setQueryData(
    conversationsQuery().queryKey,
    (loaded) =>
      loaded &&
      (loaded.pages.at(-1)?.nextCursor === cursor ? { pages: [...loaded.pages, page] } : loaded),
  )
}

export function retitle(client: QueryClient, id: string, title: string): void {
  changeItems(client, (items) => items.map((item) => (item.id === id ? { ...item, title } : item)))
  client.setQueryData(conversationQuery(id).queryKey, (open) => open && { ...open, title })
}

export function removeFromList(client: QueryClient, id: string): void {
  changeItems(client, (items) => items.filter((item) => item.id !== id))
}

function changeItems(
  client: QueryClient,
  change: (items: ConversationSummary[]) => ConversationSummary[],
): void {
  client.setQueryData(
    conversationsQuery().queryKey,
    (loaded) =>
      loaded && {
        ...loaded,
        pages: loaded.pages.map((page) => ({ ...page, items: change(page.items) })),
      },
  )
}
