import type { ConversationPage, ConversationSummary } from '#shared/api.ts'

/** The latest on top, once each; one that should be among them and is not has been deleted. */
export function mergeLatest(
  pages: ConversationPage[],
  latest: ConversationPage,
): ConversationPage[] {
  const fresh = new Set(latest.items.map((item) => item.id))
  const oldest = latest.nextCursor === null ? '' : (latest.items.at(-1)?.updatedAt ?? '')
  const kept = (item: ConversationSummary) => !fresh.has(item.id) && item.updatedAt <= oldest
  return pages.map((page, index) => ({
    ...page,
    items: [...(index === 0 ? latest.items : []), ...page.items.filter(kept)],
  }))
}
