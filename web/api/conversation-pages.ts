// A long conversation comes in pages, newest first, and so does the list of conversations. The page keeps
// what it has loaded as one list without gaps.
import type { Conversation, ConversationPage, ConversationSummary } from '#shared/api.ts'

/** The newest page just read, with the older messages that were loaded before it. */
export function joinPages(loaded: Conversation | undefined, newest: Conversation): Conversation {
  const first = newest.messages[0]
  if (loaded === undefined || first === undefined) return newest
  // The same message has the same ancestors, so what stood before it still does.
  const same = loaded.messages.findIndex((message) => message.id === first.id)
  const overlap = same === -1 ? 1 + indexOf(loaded, first.parentId) : same
  if (overlap <= 0) return newest
  return {
    ...newest,
    messages: [...loaded.messages.slice(0, overlap), ...newest.messages],
    previousCursor: loaded.previousCursor,
  }
}

function indexOf({ messages }: Conversation, id: string | null): number {
  return id === null ? -1 : messages.findIndex((message) => message.id === id)
}

/** Takes messages out of the loaded ones. What followed the last of them takes its place. */
export function withoutMessages(loaded: Conversation, gone: ReadonlySet<string>): Conversation {
  const first = loaded.messages.find(({ id }) => gone.has(id))
  const messages = loaded.messages
    .filter(({ id }) => !gone.has(id))
    .map((message) =>
      first !== undefined && message.parentId !== null && gone.has(message.parentId)
        ? { ...message, parentId: first.parentId }
        : message,
    )
  return { ...loaded, messages }
}

/** Prepends an older page to the loaded messages, unless the list has changed since the request. */
export function prependPage(
  loaded: Conversation,
  older: Conversation,
  cursor: string,
): Conversation {
  if (loaded.previousCursor !== cursor) return loaded
  return {
    ...loaded,
    messages: [...older.messages, ...loaded.messages],
    previousCursor: older.previousCursor,
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
