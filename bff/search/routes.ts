// The HTTP side of the search.
import { Hono } from 'hono'
import * as z from 'zod/mini'
import { SearchPage } from '#shared/search.ts'
import { json, operation } from '../http/operation.ts'
import { PAGE, pageQuery } from '../http/page-query.ts'
import { Problem } from '../http/problem.ts'
import { query } from '../http/request.ts'
import type { SearchDeps } from './open-search.ts'
import { isEmptyQuery, parseQuery } from './parse-query.ts'
import { resolveNames } from './search-store.ts'

const SearchQueryString = z.extend(pageQuery(20), { q: z._default(z.string(), '') })

export function searchRoutes({ db, worker }: Pick<SearchDeps, 'db' | 'worker'>): Hono {
  const app = new Hono()
  app.get(
    '/api/search',
    operation({
      operationId: 'search',
      summary: 'Messages of all conversations and branches that contain every word, newest first',
      description:
        'A word of two characters or more also finds longer words that begin with it; `"a phrase"` finds exactly these words; Chinese, Japanese, Korean and other scripts without spaces are found by any part. The title counts as part of the first message. Filters: `model:`, `agent:`, `tool:` (a name or part of it), `after:` and `before:` (a UTC day, month or year; `after` includes it), `cost:>1` (dollars; also `>=`, `<`, `<=`), `has:file`, `in:archive`. All must hold; filters alone are enough. With words, a question is also found by the model, agent, tools and cost of its answers. `titleMarks` and `snippetMarks` are the matches as [start, end] in UTF-16 code units. A search takes a few milliseconds at most: `nextCursor` can follow an empty page and means that older messages have not been searched yet.',
      responses: { 200: json(SearchPage) },
      problems: ['bad_request', 'invalid_cursor'],
    }),
    query(SearchQueryString, { ...PAGE, q: 'Words, "phrases" and filters' }),
    async (c) => {
      const { q, cursor, limit } = c.req.valid('query')
      const parsed = parseQuery(q)
      const after = cursor === undefined ? 0 : decodeKey(cursor)
      if (isEmptyQuery(parsed)) return c.json({ items: [], nextCursor: null })
      const request = { query: await resolveNames(db, parsed), after, limit }
      const { signal } = c.req.raw
      const { items, next } = await worker
        .searchMessages({ file: db.file, request }, signal)
        .catch((error: unknown) => {
          // The answer is not read: the user has typed on.
          if (signal.aborted) return { items: [], next: null }
          throw error
        })
      return c.json({ items, nextCursor: next === null ? null : next.toString(36) })
    },
  )
  return app
}

function decodeKey(cursor: string): number {
  const key = Number.parseInt(cursor, 36)
  if (!Number.isSafeInteger(key) || key.toString(36) !== cursor) throw new Problem('invalid_cursor')
  return key
}
