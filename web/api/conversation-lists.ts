// The loaded lists of conversations: the sidebar's own, that of each open folder, and the archive.
import type { QueryClient } from '@tanstack/react-query'
import type { ConversationPage, ConversationSummary } from '#shared/api.ts'
import { conversationsQuery, type ListName } from './queries.ts'

export const ALL_LISTS = { queryKey: ['conversations'] }

export function loadedLists(client: QueryClient): ListName[] {
  const queries = client.getQueryCache().findAll(ALL_LISTS)
  return queries.flatMap(({ queryKey: [, list] }) => (isListName(list) ? [list] : []))
}

/** Everything that is loaded of any list, once each. */
export function loadedConversations(client: QueryClient): ConversationSummary[] {
  const items = loadedLists(client).flatMap((list) => {
    const pages = client.getQueryData(conversationsQuery(list).queryKey)?.pages ?? []
    return pages.flatMap((page) => page.items)
  })
  return [...new Map(items.map((item) => [item.id, item])).values()]
}

function isListName(key: unknown): key is ListName {
  return typeof key === 'string'
}

export function belongsTo(list: ListName) {
  return ({ archived, pinned, folderId }: ConversationSummary) => {
    if (list === 'archived=true') return archived
    if (archived) return false
    return list === 'folder=none' ? pinned || folderId === null : list === `folder=${folderId}`
  }
}

/** Takes the latest into each list that they belong to. */
export function mergeIntoLists(client: QueryClient, latest: ConversationPage): void {
  for (const list of loadedLists(client)) {
    // The archive holds none of them.
    if (list === 'archived=true') continue
    client.setQueryData(
      conversationsQuery(list).queryKey,
      (loaded) => loaded && { pages: mergeLatest(loaded.pages, latest, belongsTo(list)) },
    )
  }
}

/**
 * The latest on top of a list that they belong to, once each; one that should be among them and is not has
 * been deleted or archived.
 */
export function mergeLatest(
  pages: ConversationPage[],
  latest: ConversationPage,
  belongs: (item: ConversationSummary) => boolean = () => true,
): ConversationPage[] {
  const fresh = new Set(latest.items.map((item) => item.id))
  const oldest = latest.nextCursor === null ? '' : (latest.items.at(-1)?.updatedAt ?? '')
  const kept = (item: ConversationSummary) => !fresh.has(item.id) && item.updatedAt <= oldest
  return pages.map((page, index) => ({
    ...page,
    items: pinnedFirst([
      ...(index === 0 ? latest.items.filter(belongs) : []),
      ...page.items.filter(kept),
    ]),
  }))
}

function pinnedFirst(items: ConversationSummary[]): ConversationSummary[] {
  return items.toSorted((a, b) => Number(b.pinned) - Number(a.pinned))
}

export function markRead(client: QueryClient, id: string): void {
  const read = (item: ConversationSummary) => (item.id === id ? { ...item, unread: false } : item)
  for (const list of loadedLists(client)) {
    client.setQueryData(
      conversationsQuery(list).queryKey,
      (loaded) =>
        loaded && { pages: loaded.pages.map((page) => ({ ...page, items: page.items.map(read) })) },
    )
  }
}
