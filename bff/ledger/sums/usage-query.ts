// The period and filter of usage as query parameters.
import * as z from 'zod/mini'
import { UsageFilter } from '#shared/usage.ts'
import { parsePeriod } from './period.ts'
import type { Scope } from './filter-store.ts'

export const PeriodQuery = z.object({ from: z.optional(z.string()), to: z.optional(z.string()) })
export const ScopeQuery = z.extend(UsageFilter, PeriodQuery.shape)

const DAY_OR_TIME = 'an ISO 8601 time with its zone, or a UTC day'
export const PERIOD = {
  from: `From this time on: ${DAY_OR_TIME}`,
  to: `Before this time: ${DAY_OR_TIME}, which is included`,
}

export const DEMO = '`true`: what the demo answered, instead of what was billed'
export const SCOPE = {
  ...PERIOD,
  conversation: 'Only this conversation; empty: only calls that belong to none',
  model: 'Only this model, as it was returned, or else requested',
  provider: 'Only this provider',
  agent: 'Only this agent; empty: only calls without one',
  purpose: 'Only calls for this',
  demo: DEMO,
}

export function scopeOf({ from, to, ...filter }: z.infer<typeof ScopeQuery>): Scope {
  return { ...parsePeriod(from, to), filter }
}
