// A filter as SQL: over the rows of the ledger, and over the sums that are kept of each day.
import { type RawBuilder, sql } from 'kysely'
import type { UsageFilter } from '#shared/usage.ts'
import type { Period } from './period.ts'

/** A period, and what of it. */
export interface Scope extends Period {
  filter?: UsageFilter
}

/** As the index over the ledger has it. */
export const modelOfCall = sql`coalesce(model_returned, model_requested)`

/** What was billed, or what the demo answered: never both. */
function ofKind({ demo }: UsageFilter): RawBuilder<unknown> {
  return sql`demo = ${demo === 'true' ? 1 : 0}`
}

export function callsThat(filter: UsageFilter) {
  const { conversation, model, provider, agent, purpose } = filter
  const terms = [
    ofKind(filter),
    // Without a function around it, the index over conversations can be used.
    conversation === '' && sql`conversation_id is null`,
    conversation !== undefined && conversation !== '' && sql`conversation_id = ${conversation}`,
    model !== undefined && sql`${modelOfCall} = ${model}`,
    provider !== undefined && sql`provider = ${provider}`,
    agent !== undefined && sql`coalesce(agent, '') = ${agent}`,
    purpose !== undefined && sql`purpose = ${purpose}`,
  ]
  return allOf(terms)
}

/** Daily sums know no conversation. */
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

/** Terms that do not apply are false. */
export function allOf(terms: (RawBuilder<unknown> | false)[]): RawBuilder<boolean> {
  return sql<boolean>`${sql.join([sql`true`, ...terms.filter((term) => term !== false)], sql` and `)}`
}

export function narrowsSums({ model, provider, agent, purpose }: UsageFilter): boolean {
  return [model, provider, agent, purpose].some((value) => value !== undefined)
}
