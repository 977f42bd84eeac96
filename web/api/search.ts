import { SearchPage } from '#shared/search.ts'
import { request } from './request.ts'

/** Asks for a page of hits; a page that only says that there is more is followed by the next. */
export async function searchMessages(
  text: string,
  cursor: string | null,
  signal: AbortSignal,
): Promise<SearchPage> {
  const query = new URLSearchParams({ q: text, ...(cursor !== null && { cursor }) })
  const page = await request(`/api/search?${query.toString()}`, SearchPage, { signal })
  if (page.items.length > 0 || page.nextCursor === null) return page
  return searchMessages(text, page.nextCursor, signal)
}
