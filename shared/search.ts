// Searching messages: what is found and how matches are marked.
import * as z from 'zod/mini'

export const MAX_SEARCH_CHARS = 1000

/** Start and end in UTF-16 code units, as `String.slice` takes them. */
export const TextRange = z.tuple([z.int(), z.int()])
export type TextRange = z.infer<typeof TextRange>

export const SearchHit = z.object({
  conversationId: z.string(),
  title: z.string(),
  /** The matches in the title, in order. */
  titleMarks: z.array(TextRange),
  messageId: z.string(),
  role: z.enum(['user', 'assistant']),
  /** The text around the first matches, with `…` where it is cut. */
  snippet: z.string(),
  snippetMarks: z.array(TextRange),
  at: z.iso.datetime(),
})
export type SearchHit = z.infer<typeof SearchHit>

export const SearchPage = z.object({
  items: z.array(SearchHit),
  /** Not null means that older messages may match, even if this page is empty: ask again with it. */
  nextCursor: z.nullable(z.string()),
})
export type SearchPage = z.infer<typeof SearchPage>
