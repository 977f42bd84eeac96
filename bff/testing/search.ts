// For tests: searches like the route, without the worker thread.
import type { SearchHit } from '#shared/search.ts'
import type { Database } from '../db/open.ts'
import { indexNextMessages } from '../search/index-store.ts'
import { parseQuery } from '../search/parse-query.ts'
import { resolveNames, searchMessages } from '../search/search-store.ts'

export async function search(db: Database, text: string, limit = 20): Promise<SearchHit[]> {
  const query = await resolveNames(db, parseQuery(text))
  return (await searchMessages(db, { query, after: 0, limit, maxMs: 1000 })).items
}

/** `partition`: how many messages one has at most. Returns the errors. */
export async function indexAll(db: Database, partition?: number): Promise<unknown[]> {
  const errors: unknown[] = []
  while (await indexNextMessages(db, (error) => errors.push(error), partition));
  return errors
}
