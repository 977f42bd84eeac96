// Optimistic updates of the loaded lists of conversations.
import type { QueryClient } from '@tanstack/react-query'
import type { ConversationPage, ConversationSummary, UpdateConversation } from '#shared/api.ts'
import { ALL_LISTS, belongsTo, loadedLists } from '../api/conversation-lists.ts'
import {
  conversationQuery,
  conversationsQuery,
  latestConversationsQuery,
  type ListName,
} from '../api/queries.ts'

/** Cancels requests in progress, which would overwrite an optimistic update. */
export async function holdList(client: QueryClient): Promise<void> {
  await client.cancelQueries(ALL_LISTS)
  await client.cancelQueries({ queryKey: latestConversationsQuery().queryKey })
}

export function reloadList(client: QueryClient): Promise<void> {
  return client.invalidateQueries(ALL_LISTS)
}

/** Appends the page at `cursor`, unless the list has changed since the request. */
export function appendPage(
  client: QueryClient,
  list: ListName,
  cursor: string,
  page: ConversationPage,
): void {
  client.setQueryData(
    conversationsQuery(list).queryKey,
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

/** Changes conversations where they are listed, and moves them to the lists that they belong to then. */
export function changeInLists(
  client: QueryClient,
  changed: ConversationSummary[],
  { pinned, archived, folderId, unread }: UpdateConversation,
): void {
  const after = changed.map((item) => ({
    ...item,
    pinned: pinned ?? item.pinned,
    archived: archived ?? item.archived,
    folderId: folderId === undefined ? item.folderId : folderId,
    unread: unread ?? item.unread,
  }))
  const ids = new Set(after.map(({ id }) => id))
  for (const list of loadedLists(client)) {
    client.setQueryData(conversationsQuery(list).queryKey, (loaded) => {
      if (loaded === undefined) return loaded
      const pages = loaded.pages.map((page, index) => {
        const others = page.items.filter(({ id }) => !ids.has(id))
        const added = index === 0 ? after.filter(belongsTo(list)) : []
        return { ...page, items: [...others, ...added].toSorted(inOrder) }
      })
      return { pages }
    })
  }
}

function inOrder(a: ConversationSummary, b: ConversationSummary): number {
  if (a.pinned !== b.pinned) return a.pinned ? -1 : 1
  return a.updatedAt < b.updatedAt ? 1 : -1
}

function changeItems(
  client: QueryClient,
  change: (items: ConversationSummary[]) => ConversationSummary[],
): void {
  for (const list of loadedLists(client)) {
    client.setQueryData(
      conversationsQuery(list).queryKey,
      (loaded) =>
        loaded && {
          ...loaded,
          pages: loaded.pages.map((page) => ({ ...page, items: change(page.items) })),
        },
    )
  }
}
