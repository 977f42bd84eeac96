import { type RawBuilder, sql } from 'kysely'

/**
 * What of some calls, or of their kept sums, is added up: what was billed, and the demo's only where
 * there is nothing else. `rows`: a table with a condition.
 */
export function billedOrDemo(rows: RawBuilder<unknown>): RawBuilder<boolean> {
  return sql<boolean>`demo = (select min(demo) from ${rows})`
}
