// A usage filter as SQL, over ledger rows and over the daily sums.
import { type RawBuilder, sql } from 'kysely'
import type { UsageFilter } from '#shared/usage.ts'
import type { Period } from './period.ts'

/** A period and a filter. */
export interface Scope extends Period {
  filter?: UsageFilter
}

/** Must match the expression of the ledger's index. */
export const modelOfCall = sql`coalesce(model_returned, model_requested)`

/** Selects billed calls or demo calls, never both. */
function ofKind({ demo }: UsageFilter): RawBuilder<unknown> {
  return sql`demo = ${demo === 'true' ? 1 : 0}`
}

export function callsThat(filter: UsageFilter) {
  const { conversation, model, provider, agent, purpose } = filter
  const terms = [
    ofKind(filter),
    // A function around the column would keep SQLite from using the index over conversations.
    conversation === '' && sql`conversation_id is null`,
    conversation !== undefined && conversation !== '' && sql`conversation_id = ${conversation}`,
    model !== undefined && sql`${modelOfCall} = ${model}`,
    provider !== undefined && sql`provider = ${provider}`,
    agent !== undefined && sql`coalesce(agent, '') = ${agent}`,
    purpose !== undefined && sql`purpose = ${purpose}`,
  ]
  return allOf(terms)
}

/** Daily sums have no conversation. */
export function sumsThat(filter: UsageFilter) {
  const { model, provider, agent, purpose } = filter
  return allOf([
    ofKind(filter),
    model !== undefined && sql`model = ${model}`,
    provider !== undefined && sql`provider = ${provider}`,
    agent !== undefined && sql`agent = ${agent}`,
    purpose !== undefined && sql`purpose = ${purpose}`,
  ])
}

/** Joins terms with `and`, skipping those that are false. */
export function allOf(terms: (RawBuilder<unknown> | false)[]): RawBuilder<boolean> {
  return sql<boolean>`${sql.join([sql`true`, ...terms.filter((term) => term !== false)], sql` and `)}`
}

/** Returns true if the filter selects some of the daily sums. */
export function narrowsSums({ model, provider, agent, purpose }: UsageFilter): boolean {
  return [model, provider, agent, purpose].some((value) => value !== undefined)
}
