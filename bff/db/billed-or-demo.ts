import { type RawBuilder, sql } from 'kysely'

/**
 * Selects which of some calls, or of their stored sums, are added up: the billed ones, or the demo's if
 * there are no others. `rows` is a table with a condition.
 */
export function billedOrDemo(rows: RawBuilder<unknown>): RawBuilder<boolean> {
  return sql<boolean>`demo = (select min(demo) from ${rows})`
}
