// A long conversation comes in pages, newest first. The page keeps the loaded messages as one list without
// gaps; `joinPages` in queries.ts does that for the newest page.
import type { Conversation } from '#shared/api.ts'

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
